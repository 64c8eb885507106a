import { useState } from 'preact/hooks';
import type { Release } from '../../api/types';
import { formats, messages } from '../../i18n';
import { planner } from '../../i18n/planner';
import type { Measure } from './measures';
import { cannotSay } from './pictureSheet';

const READ = 'stead.picture-read';

/** Open the first time; later as the reader left them. */
function wasFolded(): boolean {
  try {
    return localStorage.getItem(READ) === '1';
  } catch {
    return false;
  }
}

function rememberFolded(folded: boolean): void {
  try {
    if (folded) localStorage.setItem(READ, '1');
    else localStorage.removeItem(READ);
  } catch {
    // storage is blocked: the notes open each time, which is the safe side
  }
}

/** ε of what any release may cost, as the consent text and the exact promise say it; a release's own cost may be a little less. */
const PROMISED = 2.14;

/** What the policy promises, in plain words; the factor is e^ε. */
export function promiseOf({ policy, epsilon }: Release): string[] {
  const plan = planner.words;
  if (policy !== 'formal') return [plan.promiseNone];
  const promised = Math.max(PROMISED, epsilon);
  const { number, signed } = formats.value;
  return [plan.promise(number(Math.ceil(Math.exp(promised))), signed(promised).replace('+', '')), plan.promiseYear, plan.promiseHolds, plan.promiseNot];
}

/** The notes of every measure; those about orange, purple and areas around are of concentration alone. */
export function ReadingNotes({ release, measure, about = planner.words.about[measure] }: { release: Release; measure: Measure; about?: string }) {
  const words = messages.value.picture;
  const [folded] = useState(wasFolded);
  const colours = measure === 'concentration';
  const notes = [
    [words.howTitle, colours ? words.how : [about, ...words.how.slice(2)]],
    [words.cannotTitle, cannotSay(measure, words)],
  ] as const;
  return (
    <div class="reading-notes">
      {notes.map(([title, texts]) => (
        <details key={title} open={!folded} onToggle={(event) => rememberFolded(!event.currentTarget.open)}>
          <summary><h2>{title}</h2></summary>
          <ul class="stack-small">{texts.map((text) => <li key={text}>{text}</li>)}</ul>
        </details>
      ))}
      <section class="stack-small">
        <h2>{words.guarantee}</h2>
        <ul class="stack-small">{promiseOf(release).map((text) => <li key={text}>{text}</li>)}</ul>
        <details>
          <summary>{planner.words.promiseExact}</summary>
          <blockquote class="promise" lang="en">{release.guarantee}</blockquote>
        </details>
      </section>
    </div>
  );
}
