import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('the engine with its kernels, bundled for browsers, is under 100 kB gzipped and needs no other file', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/engine/index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2023',
    write: false,
    metafile: true,
  });
  expect(outputFiles).toHaveLength(1);
  const text = outputFiles[0]!.contents;
  expect(gzipSync(text, { level: 9 }).length).toBeLessThan(100_000);
  // A bundle without the kernels would be small for the wrong reason.
  expect(Object.keys(metafile.inputs).some((path) => path.endsWith('kernels-binary.generated.ts'))).toBe(true);
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
});
