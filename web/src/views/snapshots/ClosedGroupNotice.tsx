import { here } from '../../app/router';
import { snapshots } from '../../i18n/snapshots';

export function ClosedGroupNotice() {
  const words = snapshots.words.closed;
  return (
    <div class="notice stack-small">
      <p><strong>{words.title}</strong></p>
      <ul class="stack-small">{words.who.map((text) => <li key={text}>{text}</li>)}</ul>
      <p><strong>{words.guarantee}</strong></p>
      <p><a class="button" href={here('find')}>{words.next}</a></p>
      <p><a class="button" href={here('staff')}>{words.staff}</a></p>
    </div>
  );
}
