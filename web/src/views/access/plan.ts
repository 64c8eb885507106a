/** What is asked about reaching support, kept in the address: public places only, so that it can be shared. Pure. */
import type { LonLat } from '../../api/types';

export const MINUTES = [5, 10, 15, 20, 30] as const;
const USUAL_MINUTES = 10;
/** As many as the server takes at once. */
export const MOST = 200;

export interface Plan {
  /** A category, or empty for every support. */
  kind: string;
  minutes: number;
  /** Supports that would close. */
  close: readonly string[];
  /** Where one of this kind would open. */
  open: readonly LonLat[];
}

export function planOf(query: URLSearchParams): Plan {
  const minutes = Number(query.get('minutes'));
  const words = (name: string): string[] => (query.get(name) ?? '').split(name === 'open' ? ';' : ',').filter(Boolean);
  return {
    kind: query.get('kind') ?? '',
    minutes: MINUTES.find((offered) => offered === minutes) ?? USUAL_MINUTES,
    close: words('close').slice(0, MOST),
    open: words('open').slice(0, MOST).flatMap((pair): LonLat[] => {
      const [lon = NaN, lat = NaN] = pair.split(',').map(Number);
      return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [[lon, lat]] : [];
    }),
  };
}

/** The address's part for a plan; what is usual is left out. */
export function queryOf({ kind, minutes, close, open }: Plan): Record<string, string | null> {
  return {
    kind: kind || null,
    minutes: minutes === USUAL_MINUTES ? null : String(minutes),
    close: close.join(',') || null,
    open: open.map(([lon, lat]) => `${lon.toFixed(5)},${lat.toFixed(5)}`).join(';') || null,
  };
}

export const changes = ({ close, open }: Plan): boolean => close.length > 0 || open.length > 0;

export const toggled = (list: readonly string[], id: string): string[] =>
  list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
