import type { ComponentChildren } from 'preact';
import { announce } from '../../../components/LiveRegion';
import { formats } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { toggled } from '../add/draft';
import { arranged, moved, type Arrangement } from './arrangement';

interface ArrangeButtonsProps {
  id: string;
  /** Everything that it stands in a row with. */
  ids: readonly string[];
  name: string;
  arrangement: Arrangement;
  arrange: (next: Arrangement) => void;
  children?: ComponentChildren;
}

/** One place or photo of the collage: earlier, later, or not at all. */
export function ArrangeButtons({ id, ids, name, arrangement, arrange, children }: ArrangeButtonsProps) {
  const words = mine.words.collage;
  const at = arranged(ids, arrangement).indexOf(id);
  const move = (by: -1 | 1) => {
    arrange(moved(ids, arrangement, id, by));
    announce(words.movedTo(name, formats.value.number(at + by + 1)));
  };
  return (
    <div class="row no-print collage-buttons" role="group" aria-label={name}>
      {ids.length > 1 && <button type="button" class="button button-small" disabled={at === 0} onClick={() => move(-1)}>{words.earlier}</button>}
      {ids.length > 1 && <button type="button" class="button button-small" disabled={at === ids.length - 1} onClick={() => move(1)}>{words.later}</button>}
      {children}
      <button type="button" class="button button-small" aria-pressed={arrangement.hidden.includes(id)} onClick={() => arrange({ ...arrangement, hidden: toggled(arrangement.hidden, id) })}>{words.leaveOut}</button>
    </div>
  );
}
