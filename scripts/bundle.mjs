// Makes one file of what would load many: of each worker's program, which starts in less than half the time that a
// hundred small files take and whose digest names all code in it; and of what all commands are called and take, and
// of the list of experiments, which are to answer at once.
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { quickPacker } from './quick-packer.mjs';

const options = { allowOverwrite: true, bundle: true, format: 'esm', platform: 'node', target: 'node20' };

const workers = [
  { worker: 'dist/platform/node/workers/task-worker.js', plugins: [] },
  { worker: 'dist/platform/node/drawing/draw-worker.js', plugins: [quickPacker] },
];
const bundles = workers.map(({ worker, plugins }) =>
  build({
    ...options,
    entryPoints: [worker],
    outfile: worker,
    // Native code cannot be bundled; Vega looks for `canvas` and does without it.
    external: ['@duckdb/node-api', '@resvg/resvg-js', 'canvas'],
    plugins,
    logLevel: 'warning',
  }),
);

const commands = ['dist/cli/commands/index.js', 'dist/cli/run/list-command.js'];

/** What a command does is loaded when it is called; and whoever catches an error must know it by the class that was thrown. */
const loadedApart = (command) => ({
  name: 'loaded-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import' && !path.endsWith('/base/errors.js')) return undefined;
      const from = relative(dirname(command), relative('.', join(resolveDir, path)));
      return { path: from.startsWith('.') ? from : `./${from}`, external: true };
    });
  },
});
for (const command of commands) {
  bundles.push(
    build({
      ...options,
      entryPoints: [command],
      outfile: command,
      packages: 'external',
      plugins: [loadedApart(command)],
      logLevel: 'warning',
    }),
  );
}

await Promise.all(bundles);
