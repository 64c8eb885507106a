import { openCommunity } from '../../app/community';
import { Choice } from '../../components/Choice';
import { SelectField } from '../../components/SelectField';
import { inLanguage } from '../../i18n';
import { accessWords } from '../../i18n/access';
import type { Opening } from './plan';

/** Hours to assume of a support that is not there yet, in the OpenStreetMap syntax. */
const HOURS = { any: null, office: 'Mo-Fr 10:00-18:00', afternoon: 'Mo-Su 12:00-20:00', evening: 'Mo-Fr 16:00-22:00', weekend: 'Sa-Su 10:00-18:00' } as const;
type Assumed = keyof typeof HOURS;

/** What would open, before it is known where. */
export type Openable = Omit<Opening, 'at' | 'form'>;

export function OpeningForm({ would, change }: { would: Openable; change: (would: Openable) => void }) {
  const words = accessWords.words;
  const { vocabulary } = openCommunity();
  const assumed = (Object.keys(HOURS) as Assumed[]).find((name) => HOURS[name] === would.hours) ?? 'any';
  return (
    <div class="picture-controls">
      <SelectField label={words.openKind} value={would.kind} onChange={(kind) => change({ ...would, kind })}
        options={vocabulary.categories.map(({ id, labels }) => [id, inLanguage(labels, id)] as const)} />
      <SelectField label={words.openHours} value={assumed} onChange={(name) => change({ ...would, hours: HOURS[name as Assumed] })}
        options={(Object.keys(HOURS) as Assumed[]).map((name) => [name, words.openHour[name]] as const)} />
      <Choice type="checkbox" name="would-be-free" checked={would.free} onChange={(free) => change({ ...would, free })} title={words.openFree} />
    </div>
  );
}
