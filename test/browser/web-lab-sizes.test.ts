import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import { noBrowser } from '../support/browser.js';

/** Scripts of the built lab: which it imports, at once and on demand, and how large it is compressed. */
function builtScripts() {
  const folder = join(inject('webLab'), 'assets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const named = (text: string, pattern: RegExp): readonly string[] =>
    [...text.matchAll(pattern)].map((match) => match[1]!).filter((name) => texts.has(name));
  const reached = (from: string, pattern: RegExp, seen: Set<string>): Set<string> => {
    if (seen.has(from)) return seen;
    seen.add(from);
    for (const name of named(texts.get(from)!, pattern)) reached(name, pattern, seen);
    return seen;
  };
  const start = (prefix: string): string => names.find((name) => name.startsWith(`${prefix}-`))!;
  const size = (all: Iterable<string>): number =>
    [...all].reduce((sum, name) => sum + gzipSync(texts.get(name)!, { level: 9 }).length, 0);
  return {
    names,
    /** All that is loaded with a script before it runs. */
    atOnce: (prefix: string) => reached(start(prefix), /\b(?:from|import)\s*["'`]\.\/([\w.-]+)["'`]/g, new Set()),
    /** That, and all that it or they can ever load; of the pages none brings a worker. */
    ever: (prefix: string) => reached(start(prefix), /["'`]\.\/([\w.-]+\.js)["'`]/g, new Set()),
    size,
  };
}

describe.skipIf(noBrowser)('the scripts of the lab, compressed', () => {
  it('are under 40 kB for the first page, 110 for Play, 100 for the worker with all that it ever loads', () => {
    const { atOnce, ever, size, names } = builtScripts();
    const first = atOnce('index');
    expect(size(first)).toBeGreaterThan(5000);
    expect(size(first)).toBeLessThan(40_000);
    for (const page of ['play-page', 'verify']) {
      expect(size(new Set([...first, ...atOnce(page)])), page).toBeLessThan(110_000);
    }
    expect(size(ever('index')), 'all pages').toBeLessThan(110_000);
    expect(size(ever('worker')), 'worker').toBeLessThan(100_000);
    // No script is left out of these sums.
    expect(new Set([...ever('index'), ...ever('worker')])).toEqual(new Set(names));
  });
});
