/** Opening hours as they stand in open data, with the day names in the reader's language. Pure. */
export type DayWords = Record<'Mo' | 'Tu' | 'We' | 'Th' | 'Fr' | 'Sa' | 'Su' | 'PH' | 'off', string>;

export function readableHours(hours: string, words: DayWords): string {
  return hours
    .replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|off)\b/g, (day) => words[day as keyof DayWords])
    .replace(/(\d|[^\s;,])-(?=\S)/g, '$1–')
    .replace(/\s*;\s*/g, '; ')
    .replace(/,(?=\S)/g, ', ');
}
