import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** JavaScript that no compiler reads. */
const scripts = ['bench', 'scripts', 'test']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((f) => join(folder, f)),
  )
  .filter((file) => file.endsWith('.mjs') && !file.includes('node_modules'));

/** Relative paths that a script imports, or builds a URL of its own place from. */
function pathsIn(file: string): readonly string[] {
  // A line that is a text is of a module that the script writes elsewhere.
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/^\s*["'`].*$/gm, '');
  const found = text.matchAll(/(?:\bfrom|\bimport\(?|\bnew URL\()\s*'(\.[^']*)'/g);
  // What a command of its own makes may lack: contenders of bench, native kernels.
  return [...found]
    .map((match) => join(dirname(file), match[1]!))
    .filter((path) => !/node_modules|^build\//.test(path));
}

test('every file that a script of bench, scripts or test imports is there, built ones included', () => {
  const paths = scripts.flatMap((file) => pathsIn(file).map((path) => [file, path] as const));
  expect(paths.filter(([, path]) => path.startsWith('dist/')).length).toBeGreaterThan(10);
  expect(paths.filter(([, path]) => !existsSync(join(root, path)))).toEqual([]);
});

test('every name that they import from what is built is exported there', async () => {
  const wanted = scripts.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/import \{([^}]*)\} from '(\.[^']*\/dist\/[^']*)'/g)].flatMap(
      ([, names = '', path = '']) =>
        names
          .split(',')
          .map((name) => name.trim().split(' as ')[0]!)
          .filter((name) => name !== '')
          .map((name) => ({ file, path: join(root, dirname(file), path), name })),
    ),
  );
  expect(wanted.length).toBeGreaterThan(20);
  const missing = await Promise.all(
    wanted.map(async ({ file, path, name }) => (name in (await import(path)) ? [] : [`${file}: ${name} from ${path}`])),
  );
  expect(missing.flat()).toEqual([]);
});
