import type { HotspotProperties } from '../../api/types';

/** The fill, stripes and outline of a class or of a value's step, as on the map; used by the legend and the table. */
export function ClassMark({ of, step = null }: { of: HotspotProperties['class']; step?: number | null }) {
  return <span class={`class-mark class-${of.replaceAll('_', '-')}${step === null ? '' : ` reach-${step}`}`} aria-hidden="true" />;
}
