import type { LonLat } from '../api/types';

/** Asks the device once. Null when it says no, does not know, or takes too long. */
export function whereAmI(): Promise<LonLat | null> {
  return new Promise((answer) => {
    if (!('geolocation' in navigator)) return answer(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => answer([coords.longitude, coords.latitude]),
      () => answer(null),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}
