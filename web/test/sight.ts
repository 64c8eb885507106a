/** Colours as different people, and grey paper, show them. */

type Matrix = readonly [readonly [number, number, number], readonly [number, number, number], readonly [number, number, number]];
export type Lab = [l: number, a: number, b: number];

/** Severity 1.0 of Machado, Oliveira and Fernandes (2009), https://doi.org/10.1109/TVCG.2009.113; on linear sRGB. */
export const SIGHTS: Readonly<Record<'as most see' | 'protanopia' | 'deuteranopia' | 'tritanopia' | 'in grey', Matrix>> = {
  'as most see': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  // Relative luminance: what a printer without colour keeps.
  'in grey': [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
};

/** CIE 1976 units; about ten times what two patches beside each other must differ by to be seen as two. */
export const CLEARLY_DIFFERENT = 20;
/** What patches beside each other in a legend need. */
export const JUST_DIFFERENT = 7;

const linear = (hex: string): number[] => [1, 3, 5].map((at) => {
  const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
});
const times = (matrix: Matrix, [x = 0, y = 0, z = 0]: readonly number[]): number[] => matrix.map(([a, b, c]) => a * x + b * y + c * z);

const TO_XYZ: Matrix = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]];
const D65 = [0.95047, 1, 1.08883] as const;

/** CIE L*a*b* of a colour as somebody sees it. */
export function labOf(hex: string, sight: Matrix): Lab {
  const seen = times(sight, linear(hex)).map((channel) => Math.min(1, Math.max(0, channel)));
  const [x = 0, y = 0, z = 0] = times(TO_XYZ, seen).map((value, i) => {
    const t = value / (D65[i] ?? 1);
    return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export const distance = (one: Lab, other: Lab): number => Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
