import { accessWords } from '../../i18n/access';

/** What was pressed on the map: a support, or a spot where one might open. */
export type Picked = { support: string; name: string; closing: boolean } | { spot: readonly [number, number]; area: string | null };

interface PickedSpotProps {
  picked: Picked;
  toggle: (support: string) => void;
  open: () => void;
  leave: () => void;
}

export function PickedSpot({ picked, toggle, open, leave }: PickedSpotProps) {
  const words = accessWords.words;
  const support = 'support' in picked;
  return (
    <div class="picked-spot row no-print" role="group" aria-label={words.whatIf}>
      <strong>{support ? picked.name : picked.area === null ? words.spotOutside : words.spot(picked.area)}</strong>
      {support
        ? <button type="button" class="button button-small" onClick={() => toggle(picked.support)}>{picked.closing ? words.keepIt : words.closeIt}</button>
        : <button type="button" class="button button-small" onClick={open}>{words.openAtSpot}</button>}
      <button type="button" class="button-quiet" onClick={leave}>{words.leaveIt}</button>
    </div>
  );
}
