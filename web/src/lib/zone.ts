/** Times on the community's clocks, whatever the clock of the device says. Pure. */

const PARTS = ['year', 'month', 'day', 'hour', 'minute'] as const;

/** Made once a zone: each takes a millisecond or two, and a list asks for one a line. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

/** What the clocks of the zone show at an instant: `2026-11-26T18:00`. */
export function localTime(at: Date, zone: string): string {
  const parts = new Map(clockOf(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day, hour, minute] = PARTS.map((part) => parts.get(part) ?? '00');
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** The instant at which the clocks of the zone show this, in RFC 3339; null for what is no time. A time that summer time skips is the one an hour on. */
export function instantOf(local: string, zone: string): string | null {
  const wanted = LOCAL.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  if (Number.isNaN(wanted)) return null;
  // Two rounds: the first may be off by the hour of a change that lies between.
  let guess = wanted;
  for (let round = 0; round < 2; round++) guess += wanted - Date.parse(`${localTime(new Date(guess), zone)}:00Z`);
  return new Date(guess).toISOString().replace('.000', '');
}

export const isLocalTime = (text: string): boolean => LOCAL.test(text) && !Number.isNaN(Date.parse(`${text}:00Z`));
