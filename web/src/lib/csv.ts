/** A spreadsheet's lines: fields quoted where they must be, and no text that a spreadsheet would run as a formula. Pure. */
export function csvRows(rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown): string => {
    const text = value == null ? '' : String(value);
    // A leading = + - @ would be a formula to a spreadsheet; numbers are safe.
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
