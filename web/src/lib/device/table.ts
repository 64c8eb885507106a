/** A table of named values on this device: IndexedDB where the browser has it, memory where it has not. */

/** What can be kept: bytes, and what JSON can say. */
export type Kept = Uint8Array<ArrayBuffer> | string | number | boolean | null | readonly Kept[] | { readonly [name: string]: Kept | undefined };

export interface Table {
  get(name: string): Promise<Kept | undefined>;
  put(name: string, value: Kept): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
  clear(): Promise<void>;
}

export function memoryTable(): Table {
  const held = new Map<string, Kept>();
  return {
    get: (name) => Promise.resolve(held.get(name)),
    put: (name, value) => Promise.resolve(void held.set(name, structuredClone(value))),
    remove: (name) => Promise.resolve(void held.delete(name)),
    names: () => Promise.resolve([...held.keys()]),
    clear: () => Promise.resolve(held.clear()),
  };
}

const STORE = 'kept';

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the device did not keep it'));
  });

function opened(database: string): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
  return answered(request).then((open) => {
    // Another tab clears the phone: let go, so that it is not blocked.
    open.onversionchange = () => open.close();
    return open;
  });
}

/** Rejects where the browser refuses to keep anything, as some private windows do. */
export async function indexedTable(database: string): Promise<Table> {
  let open = await opened(database);
  const store = async (mode: IDBTransactionMode): Promise<{ store: IDBObjectStore; done: Promise<void> }> => {
    let transaction: IDBTransaction;
    try {
      transaction = open.transaction(STORE, mode);
    } catch {
      open = await opened(database); // closed for another tab that cleared the phone
      transaction = open.transaction(STORE, mode);
    }
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('the device did not keep it'));
    });
    return { store: transaction.objectStore(STORE), done };
  };
  const change = async (act: (store: IDBObjectStore) => void): Promise<void> => {
    const { store: kept, done } = await store('readwrite');
    act(kept);
    await done; // kept for certain, not only accepted
  };
  return {
    get: async (name) => (await answered((await store('readonly')).store.get(name))) as Kept | undefined,
    put: (name, value) => change((kept) => void kept.put(value, name)),
    remove: (name) => change((kept) => void kept.delete(name)),
    names: async () => (await answered((await store('readonly')).store.getAllKeys())).map(String),
    clear: () => change((kept) => void kept.clear()),
  };
}
