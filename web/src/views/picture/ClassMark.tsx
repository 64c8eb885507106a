import type { HotspotClass } from '../../api/types';

/** The fill, stripes and outline of a class, as on the map; used by the legend and the table. */
export function ClassMark({ of }: { of: HotspotClass }) {
  return <span class={`class-mark class-${of.replace('_', '-')}`} aria-hidden="true" />;
}
