import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  /** The title of the screen says the label: it is there for those who listen. */
  titled?: boolean;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  error?: string | null;
  rows?: number;
  type?: 'text' | 'search' | 'email' | 'password' | 'date' | 'time';
  inputMode?: 'decimal' | 'numeric' | 'text' | 'tel' | 'email' | 'url';
  autoComplete?: string;
  maxLength?: number;
}

/** One labelled text field with its hint, and its error beside it. */
export function Field({ label, titled = false, value, onInput, hint, error, rows, type = 'text', inputMode, autoComplete = 'off', maxLength }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const shared = {
    id, value, maxLength, autoComplete,
    'aria-describedby': describedBy,
    'aria-invalid': error ? (true as const) : undefined,
  };
  return (
    <div class={`field${error ? ' has-error' : ''}`}>
      <label for={id} class={titled ? 'visually-hidden' : undefined}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
      {rows
        ? <textarea {...shared} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
        : <input {...shared} type={type} inputMode={inputMode} onInput={(event) => onInput(event.currentTarget.value)} />}
    </div>
  );
}
