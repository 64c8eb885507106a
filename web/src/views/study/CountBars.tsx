import { useId } from 'preact/hooks';
import { formats } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import type { Count } from './counts';

interface CountBarsProps {
  title: string;
  counts: readonly Count[];
  /** How many places there are. */
  n: number;
  word: (id: string) => string;
}

/** A small plot that is a table, too: the number stands beside its bar. */
export function CountBars({ title, counts, n, word }: CountBarsProps) {
  const words = studyMessages.value;
  const { number, percent } = formats.value;
  const heading = useId();
  return (
    <section class="stack-small">
      <h2 id={heading}>{title} <span class="unit">{words.n(number(n))}</span></h2>
      {counts.length === 0 ? <p>{words.none}</p> : (
        <div class="table-scroll" tabIndex={0} role="region" aria-labelledby={heading}>
          <table class="roomy" aria-labelledby={heading}>
            <tbody>
              {counts.map(({ id, n: count }) => (
                <tr key={id}>
                  <th scope="row">{word(id)}</th>
                  <td class="bar-cell"><svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect width={(100 * count) / n} height="12" /></svg></td>
                  <td class="figures">{number(count)}</td>
                  <td class="figures">{percent(count / n)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
