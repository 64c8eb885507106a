/** Resolves when the app's own files are on this device and what is asked for now is kept, too; never where that cannot be. */
export async function onDevice(): Promise<void> {
  if (!('serviceWorker' in navigator)) return new Promise(() => undefined);
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return undefined;
  return new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', () => done(), { once: true }));
}

/** The app opens without a network. Needs https, or the machine itself; elsewhere everything else works as before. */
export function keepAppOnDevice(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  // After the first page is drawn: fetching the rest must not slow it down.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
