/** Words inside a PNG file: its title and what it shows, for whoever finds the file without its page. Pure. */

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 as in ISO 3309 and the PNG specification, annex D. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** An iTXt chunk: UTF-8, not compressed, no language. */
function textChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const encode = new TextEncoder();
  const data = Uint8Array.from([...encode.encode(`iTXt${keyword}`), 0, 0, 0, 0, 0, ...encode.encode(text)]);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  return chunk;
}

/** The signature and the header chunk, which must stay first. */
const HEAD = 8 + 25;

export function withWords(png: Uint8Array<ArrayBuffer>, words: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const chunks = Object.entries(words).map(([keyword, text]) => textChunk(keyword, text));
  const made = new Uint8Array(png.length + chunks.reduce((sum, { length }) => sum + length, 0));
  made.set(png.subarray(0, HEAD));
  let at = HEAD;
  for (const chunk of chunks) {
    made.set(chunk, at);
    at += chunk.length;
  }
  made.set(png.subarray(HEAD), at);
  return made;
}
