import { lazyRoom } from '../../app/LazyRoom';
import { snapshots } from '../../i18n/snapshots';

/** Says, in place of a picture, who sees what of a closed group; its words are fetched by whoever comes here. */
export const ClosedGroup = lazyRoom(async () => {
  const [{ ClosedGroupNotice }] = await Promise.all([import('./ClosedGroupNotice'), snapshots.open()]);
  return ClosedGroupNotice;
});
