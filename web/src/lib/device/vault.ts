/** What this device keeps for the person at it; sealed when they set a PIN, and only then locked. */
import { makeLock, openLock, seal, unseal, type Bytes, type Lock, type Sealed } from './seal';
import type { Kept, Table } from './table';

const LOCK = 'lock';
/** First byte of what is sealed: text or bytes. */
const TEXT = 0;
const BYTES = 1;

/** Something was asked of a vault that is locked. */
export class Locked extends Error {}

const isSealed = (value: Kept | undefined): value is Kept & { sealed: Kept } => typeof value === 'object' && value !== null && 'sealed' in value;

function packed(value: Kept): Bytes {
  const [kind, body] = value instanceof Uint8Array ? [BYTES, value] : [TEXT, new TextEncoder().encode(JSON.stringify(value))];
  const all = new Uint8Array(body.length + 1);
  all[0] = kind;
  all.set(body, 1);
  return all;
}

const unpacked = (all: Bytes): Kept =>
  all[0] === BYTES ? all.slice(1) : (JSON.parse(new TextDecoder().decode(all.subarray(1))) as Kept);

export class Vault {
  private key: CryptoKey | null = null;
  /** As of the last look: whether everything is sealed. Until the first look nothing may be written in the open. */
  sealed = true;
  /** One thing after another: a PIN that is being set sees no half-written value. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly table: Table) {}

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.turn.then(act);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async lock(): Promise<Lock | null> {
    const lock = ((await this.table.get(LOCK)) as unknown as Lock | undefined) ?? null;
    this.sealed = lock !== null;
    return lock;
  }

  async hasPin(): Promise<boolean> {
    return (await this.lock()) !== null;
  }

  async isLocked(): Promise<boolean> {
    return this.key === null && (await this.hasPin());
  }

  unlock(pin: string): Promise<boolean> {
    return this.inTurn(async () => {
      const lock = await this.lock();
      if (!lock) return true;
      this.key = await openLock(lock, pin);
      if (!this.key) return false;
      // A full device keeps nobody out: what could not be sealed is tried again at the next opening.
      await this.sealLeftovers(this.key).catch(() => undefined);
      return true;
    });
  }

  /** A tab that was killed while the PIN was set, changed or removed left some of it in the open. */
  private async sealLeftovers(key: CryptoKey): Promise<void> {
    for (const name of await this.table.names()) {
      const value = name === LOCK ? undefined : await this.table.get(name);
      if (value !== undefined && !isSealed(value)) await this.write(key, name, value);
    }
  }

  lockUp(): void {
    this.key = null;
  }

  /** Without a key for it, nothing is read and nothing is written in the open: another tab may have set the PIN. */
  private async sealing(): Promise<CryptoKey | null> {
    const lock = await this.lock();
    if (!lock) return null;
    if (!this.key) throw new Locked();
    return this.key;
  }

  private async write(key: CryptoKey | null, name: string, value: Kept): Promise<void> {
    await this.table.put(name, key ? { sealed: (await seal(key, name, packed(value))) as unknown as Kept } : value);
  }

  private async read(key: CryptoKey | null, name: string): Promise<Kept | undefined> {
    const value = await this.table.get(name);
    if (!isSealed(value)) return value;
    if (!key) throw new Locked();
    return unpacked(await unseal(key, name, value.sealed as unknown as Sealed));
  }

  put(name: string, value: Kept): Promise<void> {
    return this.inTurn(async () => this.write(await this.sealing(), name, value));
  }

  get<T = Kept>(name: string): Promise<T | undefined> {
    return this.inTurn(async () => (await this.read(await this.sealing(), name)) as T | undefined);
  }

  remove(name: string): Promise<void> {
    return this.inTurn(() => this.table.remove(name));
  }

  names(prefix: string): Promise<string[]> {
    return this.inTurn(async () => (await this.table.names()).filter((name) => name.startsWith(prefix)).sort());
  }

  /** Everything, the lock too. */
  clear(): Promise<void> {
    this.key = null;
    return this.inTurn(() => this.table.clear());
  }

  /** Seals everything that is kept; the lock is written first, so that a killed tab leaves nothing that cannot be opened. What it left unsealed is sealed at the next opening. */
  setPin(pin: string): Promise<void> {
    return this.inTurn(async () => {
      const before = await this.sealing();
      const kept = await this.everything(before);
      const { lock, key } = await makeLock(pin);
      if (before) {
        // The old key goes with the old lock: open first, seal again after.
        for (const [name, value] of kept) await this.write(null, name, value);
      }
      await this.table.put(LOCK, lock as unknown as Kept);
      this.key = key;
      for (const [name, value] of kept) await this.write(key, name, value);
    });
  }

  removePin(): Promise<void> {
    return this.inTurn(async () => {
      const kept = await this.everything(await this.sealing());
      for (const [name, value] of kept) await this.write(null, name, value);
      await this.table.remove(LOCK);
      this.key = null;
    });
  }

  private async everything(key: CryptoKey | null): Promise<[string, Kept][]> {
    const kept: [string, Kept][] = [];
    for (const name of await this.table.names()) {
      const value = name === LOCK ? undefined : await this.read(key, name);
      if (value !== undefined) kept.push([name, value]);
    }
    return kept;
  }
}
