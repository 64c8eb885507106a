import { Field } from '../../../components/Field';
import { StepFrame } from './StepFrame';
import type { Step } from './steps';

interface FieldStepProps {
  step: Step;
  title: string;
  lead?: string;
  hint?: string;
  value: string;
  rows?: number;
  maxLength: number;
  error?: string | null;
  onInput: (value: string) => void;
  ready?: () => boolean;
  skip: () => void;
}

/** A question that is answered in one's own words: the title is what the field is called. */
export function FieldStep({ step, title, lead, hint, value, rows, maxLength, error, onInput, ready, skip }: FieldStepProps) {
  return (
    <StepFrame step={step} title={title} lead={lead} ready={ready} skip={skip}>
      <Field label={title} titled hint={hint} value={value} rows={rows} maxLength={maxLength} error={error} onInput={onInput} />
    </StepFrame>
  );
}
