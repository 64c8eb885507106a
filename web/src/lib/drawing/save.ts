/** Files that are made in the page. */
import { paintSheet } from './paint';
import { withWords } from './png';
import type { Sheet } from './sheet';

export function saveFile(content: BlobPart, type: string, filename: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export async function savePng(sheet: Sheet): Promise<void> {
  const canvas = await paintSheet(sheet);
  const blob = await new Promise<Blob>((done, fail) => canvas.toBlob((made) => (made ? done(made) : fail(new Error('The picture could not be made.'))), 'image/png'));
  const bytes = withWords(new Uint8Array(await blob.arrayBuffer()), { Title: sheet.title, Description: [sheet.alt, ...sheet.lines].join('\n'), Software: 'Stead' });
  saveFile(bytes, 'image/png', `${sheet.filename}.png`);
}
