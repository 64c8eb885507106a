import { defineConfig } from 'vite';

/** Where `npm run dev` finds a running server; `stead demo` prints its address. */
const server = process.env['STEAD_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Everything is a file of our own under /assets: the content policy allows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(['/api', '/tiles', '/basemap.pmtiles'].map((path) => [path, server])),
  },
});
