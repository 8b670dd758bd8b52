import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// A text search for imports, as no published import checker reads TypeScript 7 yet. It sees type imports too.

const src = fileURLToPath(new URL('../src', import.meta.url));

/** Rooms from the ground up: each imports from itself and from rooms before it. */
const rooms = [
  'base',
  'engine',
  'engine/reference',
  'data',
  'measures',
  'measurements',
  'tasks',
  'study',
  'experiments',
  'original',
  'verdicts',
  'lab',
  'fleet',
  'report',
  'platform/browser',
  'platform/node',
  'cli',
];
/** Only these touch Node itself. */
const nodeRooms = ['platform/node', 'cli'];

interface Module {
  readonly file: string;
  readonly room: string;
  readonly imports: readonly string[];
}

function roomOf(file: string): string {
  const folder = dirname(file);
  return (
    rooms.filter((room) => folder === room || folder.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0] ??
    ''
  );
}

const modules: readonly Module[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('kernels'))
  .map((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
    return { file, room: roomOf(file), imports };
  });

/** The file that a relative import names, below src. */
const target = (file: string, specifier: string): string =>
  relative(src, join(src, dirname(file), specifier)).replace(/\.js$/, '.ts');
const inner = ({ file, imports }: Module): readonly string[] =>
  imports.filter((specifier) => specifier.startsWith('.')).map((specifier) => target(file, specifier));

describe('imports', () => {
  it('are found at all, and every module is in a room', () => {
    expect(modules.length).toBeGreaterThan(100);
    expect(modules.filter(({ room, file }) => room === '' && file !== 'index.ts').map(({ file }) => file)).toEqual([]);
    expect(modules.flatMap(inner).length).toBeGreaterThan(300);
  });

  it('go only downwards', () => {
    const upwards = modules
      .filter(({ file }) => file !== 'index.ts')
      .flatMap((module) =>
        inner(module)
          .filter((to) => rooms.indexOf(roomOf(to)) > rooms.indexOf(module.room))
          .map((to) => `${module.file} -> ${to}`),
      );
    expect(upwards).toEqual([]);
  });

  it('of the two platforms never meet', () => {
    const crossing = modules
      .filter(({ room }) => room === 'platform/browser' || room === 'platform/node')
      .flatMap((module) =>
        inner(module).filter((to) => roomOf(to).startsWith('platform/') && roomOf(to) !== module.room),
      );
    expect(crossing).toEqual([]);
  });

  it('of node:* are in platform/node and cli alone', () => {
    const touching = modules.filter(
      ({ room, imports }) => !nodeRooms.includes(room) && imports.some((specifier) => specifier.startsWith('node:')),
    );
    expect(touching.map(({ file }) => file)).toEqual([]);
  });

  it('have no cycles', () => {
    const next = new Map(modules.map((module) => [module.file, inner(module)]));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const to of next.get(file) ?? []) visit(to, [...path, file]);
      state.set(file, 'done');
    };
    for (const { file } of modules) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('of the lab in the browser keep to what runs in one', () => {
    const web = fileURLToPath(new URL('../web', import.meta.url));
    const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'),
    );
    const reached = files.flatMap((file) => {
      const text = readFileSync(join(web, file), 'utf8');
      const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
      return imports.map((to) => `${file} -> ${to.startsWith('.') ? relative(web, join(web, dirname(file), to)) : to}`);
    });
    expect(reached.length).toBeGreaterThan(100);
    const forbidden = /-> (node:|\.\.\/src\/(platform\/node|cli|report|experiments|study|verdicts)\/)/;
    expect(reached.filter((line) => forbidden.test(line))).toEqual([]);
  });
});
