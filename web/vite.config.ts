import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

/** Where `npm run dev` finds a running server; `stead demo` prints its address. */
const server = process.env['STEAD_URL'] ?? 'http://127.0.0.1:8080';

/** Fetched when somebody opens a map or the staff's rooms, and kept from then on: too much for everybody's first visit. */
const ON_USE = /^assets\/(engine|maplibre-gl-worker|StaffView|PictureView|AccessView|HeatView|RhythmView|ReportView|CompareView|ClosedGroupNotice)/;

/** Writes into the service worker which files the app is made of. */
function shell(): Plugin {
  return {
    name: 'stead-shell',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') throw new Error('The service worker was not built.');
        const files = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !ON_USE.test(name)).sort().map((name) => `/${name}`);
        const manifests = readdirSync('public').filter((name) => name.endsWith('.webmanifest')).sort().map((name) => `/${name}`);
        const all = ['/', ...manifests, '/icon-192.png', ...files];
        const version = createHash('sha256').update(all.join()).digest('hex').slice(0, 16);
        const before = worker.code;
        worker.code = before.replace(/(["'`])__SHELL__\1/, () => JSON.stringify(JSON.stringify([version, ...all])));
        if (worker.code === before) throw new Error('The service worker has no place for the list of files.');
      },
    },
  };
}

type Graph = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** Whether the page needs a module before it shows anything: its entry imports it, or what it imports does. */
function atOnce(id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (id.endsWith('/src/main.tsx')) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return graph.getModuleInfo(id)?.importers.some((importer) => atOnce(importer, graph, seen)) ?? false;
}

/** Each file costs a phone more to ask for than its few hundred letters cost to read: what many rooms use comes in few. */
const groups: Rolldown.CodeSplittingGroup[] = [
  { name: (id, graph) => (atOnce(id, graph) ? 'base' : null), minShareCount: 2, includeDependenciesRecursively: false },
  { name: 'planner', test: /\/src\/views\/(picture|access|heat|rhythm|compare|report)\//, minShareCount: 2, includeDependenciesRecursively: false },
  { name: 'person', test: /\/src\/(views\/share|offline)\//, minShareCount: 2, includeDependenciesRecursively: false },
  { name: 'rooms', test: /\/src\//, minShareCount: 3, includeDependenciesRecursively: false },
];

export default defineConfig({
  plugins: [shell()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // Everything is a file of our own under /assets: the content policy allows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/sw/sw.ts' },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'), codeSplitting: { groups } },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(['/api', '/tiles', '/basemap.pmtiles'].map((path) => [path, server])),
  },
});
