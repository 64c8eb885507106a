/** What was saved by the page. */
import type { Download } from '@playwright/test';

export async function bytesOf(download: Download): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export const textOf = async (download: Download): Promise<string> => (await bytesOf(download)).toString('utf8');
