import type { FeelingChoice } from '../../../api/types';
import { FeelingMark } from '../../../components/FeelingMark';
import { messages } from '../../../i18n';

const STRENGTHS = [1, 2, 3] as const;

interface FeelingStrengthProps {
  choice: FeelingChoice;
  label: string;
  setStrength: (strength: FeelingChoice['strength']) => void;
}

/** A little, quite, very: three words, not a scale of numbers. */
export function FeelingStrength({ choice, label, setStrength }: FeelingStrengthProps) {
  const words = messages.value.add;
  return (
    <fieldset class="strength">
      <legend><FeelingMark feeling={choice.feeling} /> <span class="visually-hidden">{words.strength(label)}</span><span aria-hidden="true">{label}</span></legend>
      <div class="segments">
        {STRENGTHS.map((strength) => (
          <label key={strength} class="segment">
            <input type="radio" name={`strength-${choice.feeling}`} value={strength} checked={choice.strength === strength} onChange={() => setStrength(strength)} />
            <span>{words.strengths[strength - 1]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
