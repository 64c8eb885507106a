import { describe, expect, it } from 'vitest';
import { makeLock, openLock, seal, unseal } from '../src/lib/device/seal';
import { memoryTable, type Kept, type Table } from '../src/lib/device/table';
import { Locked, Vault } from '../src/lib/device/vault';

const STORY = { name: 'Bench', story: 'Someone knows my name there.' };
const PHOTO = new Uint8Array([1, 2, 3, 250]);

async function everythingIn(table: ReturnType<typeof memoryTable>): Promise<string> {
  const values: (Kept | undefined)[] = [];
  for (const name of await table.names()) values.push(await table.get(name));
  return JSON.stringify(values, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
}

// A PIN is stretched on purpose: seconds on a busy machine.
describe('what the device keeps', { timeout: 60_000 }, () => {
  it('is readable without a PIN, and sealed as soon as one is set', async () => {
    const table = memoryTable();
    const vault = new Vault(table);
    await vault.put('draft', STORY);
    await vault.put('photo', PHOTO);
    expect(await everythingIn(table)).toContain('knows my name');
    await vault.setPin('246810');
    await vault.put('later', STORY);
    expect(await everythingIn(table)).not.toContain('knows my name');
    expect(await vault.get('draft')).toEqual(STORY);
    expect(await vault.get('photo')).toEqual(PHOTO);
  });

  it('opens after a reload with the right PIN only, and takes nothing in the open meanwhile', async () => {
    const table = memoryTable();
    const first = new Vault(table);
    await first.put('draft', STORY);
    await first.setPin('246810');
    const again = new Vault(table);
    expect(await again.isLocked()).toBe(true);
    await expect(again.get('draft')).rejects.toThrow(Locked);
    await expect(again.put('draft', 'in the open')).rejects.toThrow(Locked);
    expect(await again.unlock('246811')).toBe(false);
    expect(await again.unlock('246810')).toBe(true);
    expect(await again.get('draft')).toEqual(STORY);
  });

  it('changes its PIN and loses it again without losing what is kept', async () => {
    const table = memoryTable();
    const vault = new Vault(table);
    await vault.put('draft', STORY);
    await vault.setPin('246810');
    await vault.setPin('tere hommikust');
    const again = new Vault(table);
    expect(await again.unlock('246810')).toBe(false);
    expect(await again.unlock('tere hommikust')).toBe(true);
    await again.removePin();
    expect(await new Vault(table).get('draft')).toEqual(STORY);
  });

  it('is sealed at the next opening when the tab was killed while the PIN was set or removed', async () => {
    const table = memoryTable();
    const killed = () => Promise.reject(new Error('the tab was killed'));
    /** The same device, for a tab that dies as soon as the lock was written, or before it is removed. */
    let dead = false;
    const dying: Table = {
      ...table,
      put: async (name, value) => (dead ? killed() : table.put(name, value).then(() => void (dead = name === 'lock'))),
      remove: (name) => (name === 'lock' ? killed() : table.remove(name)),
    };
    const first = new Vault(dying);
    await first.put('draft', STORY);
    await first.put('photo', PHOTO);
    await expect(first.setPin('246810')).rejects.toThrow('killed');
    expect(await everythingIn(table)).toContain('knows my name');

    const openedAgain = async (device: Table) => {
      const again = new Vault(device);
      expect(await again.isLocked()).toBe(true);
      expect(await again.unlock('246811')).toBe(false);
      expect(await everythingIn(table)).toContain('knows my name');
      expect(await again.unlock('246810')).toBe(true);
      expect(await everythingIn(table)).not.toContain('knows my name');
      expect([await again.get('draft'), await again.get('photo')]).toEqual([STORY, PHOTO]);
      return again;
    };
    dead = false;
    const second = await openedAgain(dying);
    await expect(second.removePin()).rejects.toThrow('killed');
    await openedAgain(table);
  });

  it('is gone when the phone is cleared, the lock too', async () => {
    const table = memoryTable();
    const vault = new Vault(table);
    await vault.put('draft', STORY);
    await vault.setPin('246810');
    await vault.clear();
    expect(await table.names()).toEqual([]);
    expect(await vault.isLocked()).toBe(false);
  });
});

describe('a sealed value', { timeout: 60_000 }, () => {
  it('opens under its own name only, and not when one bit of it was changed', async () => {
    const { lock, key } = await makeLock('246810', 1000);
    const sealed = await seal(key, 'a', PHOTO);
    expect(await unseal(key, 'a', sealed)).toEqual(PHOTO);
    await expect(unseal(key, 'b', sealed)).rejects.toThrow();
    const changed = new Uint8Array(sealed.data);
    changed[0] = (changed[0] ?? 0) ^ 1;
    await expect(unseal(key, 'a', { ...sealed, data: changed })).rejects.toThrow();
    expect(await openLock(lock, '246810')).not.toBeNull();
    expect(await openLock(lock, '24681')).toBeNull();
  });

  it('is never the same twice', async () => {
    const { key } = await makeLock('246810', 1000);
    const [one, two] = [await seal(key, 'a', PHOTO), await seal(key, 'a', PHOTO)];
    expect(one.data).not.toEqual(two.data);
    expect(one.iv).not.toEqual(two.iv);
  });
});
