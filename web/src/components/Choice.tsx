import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface ChoiceProps {
  type: 'checkbox' | 'radio';
  name: string;
  value?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  title: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean;
  tone?: 'being' | 'doing' | 'story';
}

/** A big tick box or radio button: the whole card can be pressed. */
export function Choice({ type, name, value, checked, onChange, title, hint, disabled = false, tone }: ChoiceProps) {
  const id = useId();
  return (
    <div class={`choice${tone ? ` tone-${tone}` : ''}${disabled ? ' is-disabled' : ''}`}>
      <input id={id} type={type} name={name} value={value} checked={checked} disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined} onChange={(event) => onChange(event.currentTarget.checked)} />
      <label for={id}><span class="choice-title">{title}</span></label>
      {hint && <p class="choice-hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
