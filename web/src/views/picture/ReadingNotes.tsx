import { useState } from 'preact/hooks';
import { messages } from '../../i18n';

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

export function ReadingNotes({ guarantee }: { guarantee: string | undefined }) {
  const words = messages.value.picture;
  const [folded] = useState(wasFolded);
  const notes = [[words.howTitle, words.how], [words.cannotTitle, words.cannot]] as const;
  return (
    <div class="reading-notes">
      {notes.map(([title, texts]) => (
        <details key={title} open={!folded} onToggle={(event) => rememberFolded(!event.currentTarget.open)}>
          <summary><h2>{title}</h2></summary>
          <ul class="stack-small">{texts.map((text) => <li key={text}>{text}</li>)}</ul>
        </details>
      ))}
      {guarantee && (
        <section>
          <h2>{words.guarantee}</h2>
          <blockquote class="promise" lang="en">{guarantee}</blockquote>
        </section>
      )}
    </div>
  );
}
