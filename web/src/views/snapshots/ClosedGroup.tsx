import { lazyRoom } from '../../app/LazyRoom';

/** Says, in place of a picture, who sees what of a closed group; its words are fetched by whoever comes here. */
export const ClosedGroup = lazyRoom(async () => {
  const [{ ClosedGroupNotice }, { snapshots }] = await Promise.all([import('./ClosedGroupNotice'), import('../../i18n/snapshots')]);
  await snapshots.open();
  return ClosedGroupNotice;
});
