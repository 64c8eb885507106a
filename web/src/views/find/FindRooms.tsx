import { lazyRoom } from '../../app/LazyRoom';
import { screenOf } from '../../app/router';
import { FindView } from './FindView';

const ShortList = lazyRoom(async () => (await import('./ShortListView')).ShortListView);

/** Looking for support, or the short list of what was found. */
export function FindRooms() {
  return screenOf('find') === 'list' ? <ShortList /> : <FindView />;
}
