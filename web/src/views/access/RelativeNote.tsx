import type { Access } from '../../api/types';
import { formats } from '../../i18n';
import { accessWords } from '../../i18n/access';

/** How places are shared out, with the weights; or why they are not shown. */
export function RelativeNote({ catchment }: { catchment: NonNullable<Access['catchment']> | null }) {
  const words = accessWords.words;
  const { number, list } = formats.value;
  if (!catchment) return <p class="small muted">{words.relativeNone}</p>;
  const weight = (of: number) => (of === 1 ? number(of) : formats.value.signed(of).replace(/^\+/, ''));
  return (
    <p class="small muted">
      {words.relative(number(catchment.places), number(catchment.supports), number(catchment.unknown))}{' '}
      {words.relativeHow(list(catchment.zones.map(({ minutes, weight: counts }) => words.relativeZone(number(minutes), weight(counts)))))}
    </p>
  );
}
