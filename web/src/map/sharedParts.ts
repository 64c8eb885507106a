/** The basemap's file, asked for by several maps at once. */
import { FetchSource, type RangeResponse, type Source } from 'pmtiles';

/** A part that is on its way, and how many still wait for it. */
interface OnItsWay {
  answer: Promise<RangeResponse>;
  waiting: number;
  stop: AbortController;
}

/**
 * Every part is fetched once, however many maps want it at the same time, and whole. Of several answers to the same
 * question at the same time Chromium's cache gives some without their bytes: a tile would be missing from the map.
 */
export class SharedParts implements Source {
  private readonly onTheirWay = new Map<string, OnItsWay>();
  private readonly usual: Source;
  private readonly pastTheCache: Source;

  constructor(private readonly address: string) {
    this.usual = new FetchSource(address);
    const anew = new FetchSource(address);
    anew.mustReload = true;
    this.pastTheCache = anew;
  }

  getKey(): string {
    return this.address;
  }

  async getBytes(offset: number, length: number, signal?: AbortSignal, etag?: string): Promise<RangeResponse> {
    signal?.throwIfAborted();
    const name = `${offset} ${length} ${etag ?? ''}`;
    const part = this.onTheirWay.get(name) ?? this.fetched(name, offset, length, etag);
    part.waiting += 1;
    // Whoever goes away takes the part from nobody else; without anybody left it is not fetched to its end.
    const gone = new Promise<never>((_, reject) => signal?.addEventListener('abort', () => {
      part.waiting -= 1;
      if (part.waiting === 0) {
        if (this.onTheirWay.get(name) === part) this.onTheirWay.delete(name);
        part.stop.abort();
      }
      reject(signal.reason as Error);
    }, { once: true }));
    return Promise.race([part.answer, gone]);
  }

  private fetched(name: string, offset: number, length: number, etag: string | undefined): OnItsWay {
    const stop = new AbortController();
    const done = () => {
      if (this.onTheirWay.get(name) === part) this.onTheirWay.delete(name);
    };
    const part: OnItsWay = { answer: this.whole(offset, length, stop.signal, etag).finally(done), waiting: 0, stop };
    this.onTheirWay.set(name, part);
    return part;
  }

  /** Shorter than asked for: the end of the file, or bytes that were lost on the way out of the browser's cache. */
  private async whole(offset: number, length: number, signal: AbortSignal, etag: string | undefined): Promise<RangeResponse> {
    const answer = await this.usual.getBytes(offset, length, signal, etag);
    return answer.data.byteLength < length ? this.pastTheCache.getBytes(offset, length, signal, etag) : answer;
  }
}
