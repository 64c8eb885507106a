/**
 * How a class or a step of a value looks, by more than its colour: what is more than expected and what is fewer must
 * stay apart on grey paper and for every kind of sight. Pure; the map, the page and saved pictures all draw from here.
 */
import type { HotspotProperties } from '../../api/types';
import type { Palette } from '../../map/palette';

export type DrawnClass = HotspotProperties['class'];

/** A colour by what it stands for: of a class, or the step of a value from few (0) to many (4). */
export type FillName =
  | 'hot99' | 'hot95' | 'hot90' | 'none' | 'cold90' | 'cold95' | 'cold99' | 'not-enough'
  | 'step-0' | 'step-1' | 'step-2' | 'step-3' | 'step-4';
/** Stripes say "we are not sure"; they rise where there may be more, fall where there may be fewer, and stand where nothing is known. */
export type Stripe = 'rising' | 'falling' | 'upright';
/** More or fewer than expected; two signs where that is very sure. */
export type Mark = 'plus-plus' | 'plus' | 'minus' | 'minus-minus';

export interface Look {
  fill: FillName;
  stripe: Stripe | null;
  /** A thick outline: significant after correction. */
  sure: boolean;
  mark: Mark | null;
}

/** What a support does in a drawing: it counts, would close, or would open. */
export type SupportState = 'counts' | 'closing' | 'opening';
/** Told apart by shape: a square, a square struck through, a larger one with a plus. Half its width, how round it is, what is drawn through it. */
export const SUPPORT_SHAPES: Readonly<Record<SupportState, { half: number; corner: number; strokes: string | null }>> = {
  counts: { half: 4, corner: 2, strokes: null },
  closing: { half: 7, corner: 3, strokes: 'M-9 9L9 -9' },
  opening: { half: 10, corner: 4, strokes: 'M-6 0H6M0 -6V6' },
};

const LOOKS: Readonly<Record<DrawnClass, Look>> = {
  hot99: { fill: 'hot99', stripe: null, sure: true, mark: 'plus-plus' },
  hot95: { fill: 'hot95', stripe: null, sure: true, mark: 'plus' },
  hot90: { fill: 'hot90', stripe: 'rising', sure: false, mark: 'plus' },
  none: { fill: 'none', stripe: null, sure: false, mark: null },
  cold90: { fill: 'cold90', stripe: 'falling', sure: false, mark: 'minus' },
  cold95: { fill: 'cold95', stripe: null, sure: true, mark: 'minus' },
  cold99: { fill: 'cold99', stripe: null, sure: true, mark: 'minus-minus' },
  not_enough: { fill: 'not-enough', stripe: 'upright', sure: false, mark: null },
  above: { fill: 'none', stripe: null, sure: true, mark: 'plus' },
  not_distinguishable: { fill: 'none', stripe: null, sure: false, mark: null },
  below: { fill: 'none', stripe: null, sure: true, mark: 'minus' },
};

/** The look of a class; filled by the step of a value where there is one. */
export const lookOf = (name: DrawnClass, step: number | null = null): Look =>
  step === null ? LOOKS[name] : { ...LOOKS[name], fill: `step-${Math.max(0, Math.min(4, step)) as 0 | 1 | 2 | 3 | 4}` };

export const classesWith = (has: (look: Look) => boolean): DrawnClass[] =>
  (Object.keys(LOOKS) as DrawnClass[]).filter((name) => has(LOOKS[name]));

const channels = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** A colour between two, as the stylesheet mixes them (in sRGB). */
export function mixed(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((channel, i) => Math.round(channel + ((b[i] ?? channel) - channel) * share).toString(16).padStart(2, '0')).join('')}`;
}

export function colourOf(fill: FillName, palette: Palette): string {
  switch (fill) {
    case 'not-enough': return palette.notEnough;
    case 'hot99': case 'hot95': case 'hot90': case 'none': case 'cold90': case 'cold95': case 'cold99': return palette[fill];
    default: return mixed(palette.none, palette.pine, Number(fill.slice(-1)) / 4);
  }
}

/** The signs of a mark around a point, as strokes; `size` is the width of one sign. */
export function markPath(mark: Mark, x: number, y: number, size: number): string {
  const half = size / 2;
  const sign = (at: number): string =>
    `M${round(at - half)} ${round(y)}H${round(at + half)}${mark.startsWith('plus') ? `M${round(at)} ${round(y - half)}V${round(y + half)}` : ''}`;
  const twice = mark === 'plus-plus' || mark === 'minus-minus';
  return twice ? sign(x - size * 0.72) + sign(x + size * 0.72) : sign(x);
}

/** Stripes over a square tile that go on in the next tile. */
export function stripePath(stripe: Stripe, tile: number): string {
  if (stripe === 'upright') return `M${tile / 2} -1V${tile + 1}`;
  return [-tile, 0, tile].map((shift) => stripe === 'rising'
    ? `M${shift - 1} ${tile + 1}L${shift + tile + 1} -1`
    : `M${shift - 1} -1L${shift + tile + 1} ${tile + 1}`).join('');
}

const round = (value: number): string => String(Math.round(value * 100) / 100);
