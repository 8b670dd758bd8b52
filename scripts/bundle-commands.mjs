// Makes one file each of what answers at once, `descent --help` and `descent list`, and of all that it imports: a hundred
// small files of experiments and definitions take several times as long to load.
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';

// Errors are told apart by their class, and the version lies beside the file that reads it: of these there is one.
const apart = /\/(base\/errors|platform\/node\/package-version)\.js$/;

for (const command of ['dist/cli/main.js', 'dist/cli/run/list-command.js']) {
  await build({
    entryPoints: [command],
    outfile: command,
    allowOverwrite: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [
      {
        name: 'later',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
            const file = resolve(resolveDir, path);
            const isImported = kind === 'dynamic-import' || apart.test(file);
            return isImported ? { path: `./${relative(dirname(command), file)}`, external: true } : undefined;
          }),
      },
    ],
    logLevel: 'warning',
  });
}
