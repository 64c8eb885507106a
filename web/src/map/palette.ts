/** The colours that the map shares with the page, read from the page's own tokens. */
const ROLES = {
  paper: '--paper', sand: '--sand', raised: '--raised', ink: '--ink', muted: '--muted', border: '--border', line: '--line',
  pine: '--pine', pineSoft: '--pine-soft', copper: '--copper', onPine: '--on-pine', hatch: '--hatch',
  hot99: '--hot99', hot95: '--hot95', hot90: '--hot90', none: '--none',
  cold90: '--cold90', cold95: '--cold95', cold99: '--cold99', notEnough: '--not-enough',
} as const;

export type Palette = Record<keyof typeof ROLES, string> & { dark: boolean };

/** The light palette; what the stylesheet says in the light scheme. */
export const LIGHT: Palette = {
  paper: '#fbf8f3', sand: '#f1eadd', raised: '#fffdf9', ink: '#1f2a2e', muted: '#5a6468', border: '#8a8478', line: '#ddd4c4',
  pine: '#1f5f5b', pineSoft: '#dfeae5', copper: '#a34a0b', onPine: '#fbf8f3', hatch: '#6b6862',
  hot99: '#b35806', hot95: '#e08f3c', hot90: '#fdd0a2', none: '#f4f0ea',
  cold90: '#d8daeb', cold95: '#998ec3', cold99: '#542788', notEnough: '#c9c6c0',
  dark: false,
};

export function readPalette(): Palette {
  const computed = getComputedStyle(document.documentElement);
  const palette: Palette = { ...LIGHT, dark: matchMedia('(prefers-color-scheme: dark)').matches };
  for (const [role, token] of Object.entries(ROLES) as [keyof typeof ROLES, string][]) {
    palette[role] = computed.getPropertyValue(token).trim() || LIGHT[role];
  }
  return palette;
}
