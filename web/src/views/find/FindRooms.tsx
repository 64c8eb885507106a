import { lazyRoom } from '../../app/LazyRoom';
import { route } from '../../app/router';
import { FindView } from './FindView';

const ShortList = lazyRoom(async () => (await import('./ShortListView')).ShortListView);

/** Looking for support, or the short list of what was found. */
export function FindRooms() {
  return route.value.screen[0] === 'list' ? <ShortList /> : <FindView />;
}
