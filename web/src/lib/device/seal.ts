/**
 * Sealing what is kept on the device with a PIN: PBKDF2-HMAC-SHA-256 makes a key from the PIN, which wraps a random key, which
 * seals each value by AES-256-GCM under its own name. Neither the PIN nor the key is ever kept.
 */

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023): about a second on a cheap phone. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
/** 96 bits, as GCM wants it; random for each sealing. */
const IV_BYTES = 12;

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealed {
  iv: Bytes;
  data: Bytes;
}

export interface Lock extends Sealed {
  salt: Bytes;
  iterations: number;
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
const text = (value: string): Bytes => new TextEncoder().encode(value);

async function keyOfPin(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const raw = await crypto.subtle.importKey('raw', text(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, raw, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const importKey = (raw: Bytes): Promise<CryptoKey> => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** The name is bound to the value: what was sealed as one thing never opens as another. */
export async function seal(key: CryptoKey, name: string, value: Bytes): Promise<Sealed> {
  const iv = random(IV_BYTES);
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text(name) }, key, value)) };
}

/** Rejects what was changed, or sealed with another key or under another name. */
export async function unseal(key: CryptoKey, name: string, { iv, data }: Sealed): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text(name) }, key, data));
}

const LOCK_NAME = 'lock';

export async function makeLock(pin: string, iterations = ITERATIONS): Promise<{ lock: Lock; key: CryptoKey }> {
  const raw = random(32);
  const salt = random(SALT_BYTES);
  const wrapped = await seal(await keyOfPin(pin, salt, iterations), LOCK_NAME, raw);
  const key = await importKey(raw);
  raw.fill(0);
  return { lock: { salt, iterations, ...wrapped }, key };
}

/** The key, or null where the PIN is another. */
export async function openLock(lock: Lock, pin: string): Promise<CryptoKey | null> {
  try {
    return await importKey(await unseal(await keyOfPin(pin, lock.salt, lock.iterations), LOCK_NAME, lock));
  } catch {
    return null;
  }
}
