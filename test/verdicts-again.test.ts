import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { Mt19937 } from '../src/base/mt19937.js';
import type { ClaimTest, Term } from '../src/study/claim.js';
import type { Experiment } from '../src/study/experiment.js';
import {
  chained,
  type Family,
  judgedParts,
  type LedgerRow,
  ledgerText,
  registerText,
  type Verdict,
  verdictsOf,
} from '../src/verdicts/index.js';
import { temporaryFolder, tinySpec } from './support/store.js';

// A short program in another language computes all verdicts again. Where there is no Python there is nothing to ask.

const root = fileURLToPath(new URL('..', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const again = (...args: readonly string[]) =>
  spawnSync('python3', ['scripts/verdicts.py', ...args], { cwd: root, encoding: 'utf8' });

const x: Term = { arm: 'a', reading: { kind: 'last', metric: 'loss' } };
const bounds = (direction: 'above' | 'below', margin: number, noEffect = margin) => ({ direction, margin, noEffect });
const tests: Readonly<Record<string, readonly ClaimTest[]>> = {
  more: [{ kind: 'median', label: 'x', x, ...bounds('above', 0.5, 0) }],
  less: [{ kind: 'median', label: 'x', x, ...bounds('below', -0.25, 0.5) }],
  inside: [{ kind: 'band', label: 'x', x, low: -1, high: 1 }],
  often: [{ kind: 'rate', label: 'x', x, ...bounds('above', 0.6, 0.3) }],
  seldom: [{ kind: 'rate', label: 'x', x, ...bounds('below', 0.2) }],
  together: [{ kind: 'gamma', label: 'x, y', x, y: x, ...bounds('above', 0.2, -0.1) }],
  apart: [{ kind: 'gamma', label: 'x, y', x, y: x, ...bounds('below', -0.5, 0) }],
  both: [
    { kind: 'median', label: 'x', x, ...bounds('above', 0) },
    { kind: 'rate', label: 'x', x, ...bounds('above', 0.5) },
  ],
};

const { seed: _, ...spec } = tinySpec;
const experiment: Experiment = {
  ...{ id: 'random', section: '0', title: 'Random', question: 'Is it the same?', disagreements: [] },
  protocols: [
    {
      ...{ id: 'as-coded', note: '', figures: [], quantities: [] },
      presets: {
        study: {
          ...{ seeds: [1], measurements: [], note: '', miniature: false },
          arms: [{ id: 'a', label: 'a', spec }],
        },
      },
    },
  ],
  claims: Object.entries(tests).map(([id, own]) => ({
    ...{ id, statement: `${id}.`, metric: 'x' },
    judged: { 'as-coded': { tests: own } },
  })),
};

const register = chained(
  [],
  judgedParts([experiment]).map(({ claim, protocol, part, version, definition, hash }) => ({
    ...{ date: '2026-01-01', experiment: experiment.id, claim: claim.id, protocol: protocol.id, part, version },
    ...{ definition, definitionHash: hash },
  })),
);

/** Rows of every place: ranges, ties, seeds that are left out, some that are missing, some of another definition. */
function randomRows(rng: Mt19937): readonly LedgerRow[] {
  const uniform = (): number => rng.next() / 2 ** 32;
  const leaning = uniform();
  return register.flatMap(({ place, definitionHash, definition }) => {
    const ends = (low: number, high: number) => ({ low: uniform() < 0.03 ? Number.NEGATIVE_INFINITY : low, high });
    const value = (shift = 0) => {
      const at = Math.round(8 * (uniform() + uniform() - 2 * leaning + shift)) / 4;
      return ends(at, uniform() < 0.05 ? Number.POSITIVE_INFINITY : at);
    };
    const one = () => {
      const at = uniform() < leaning ? 1 : 0;
      return uniform() < 0.04 ? { low: 0, high: 1 } : { low: at, high: at };
    };
    const length = Math.floor(150 * uniform());
    const gap = uniform() < 0.3 ? Math.floor(length * uniform()) : -1;
    return Array.from({ length }, (_, i): LedgerRow => {
      const first = definition.test.kind === 'rate' ? one() : value();
      const y = definition.test.kind === 'gamma' ? value(uniform() < 0.7 ? first.low / 8 : 0) : undefined;
      const isLeftOut = uniform() < 0.05;
      return {
        place,
        claim: i === gap + 20 && gap >= 0 ? '0'.repeat(16) : definitionHash.slice(0, 16),
        seed: 1001 + i + (gap >= 0 && i >= gap + 30 ? 1 : 0),
        x: isLeftOut ? undefined : first,
        ...(y && !isLeftOut && { y }),
        tasks: ['t'],
        results: ['r'],
      };
    }).filter((row) => row.x === undefined || row.x.low <= row.x.high);
  });
}

/** What `page.json` has of verdicts. */
const pageOf = (verdicts: readonly Verdict[]) => ({
  sections: [
    {
      id: experiment.id,
      claims: verdicts.map(({ claim, outcome, parts }) => ({
        id: claim.id,
        cells: { 'as-coded': { outcome, parts: parts.map(partOf) } },
      })),
    },
  ],
});

function partOf({ place, hash, outcome, n, range }: Verdict['parts'][number]) {
  const end = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
  return { place, hash, outcome, n, low: end(range.low), high: end(range.high) };
}

/** A folder of results, as the command writes it. */
function written(family: Family, page: ReturnType<typeof pageOf>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ledger'));
  writeFileSync(join(folder, 'register.jsonl'), registerText(family.register));
  writeFileSync(join(folder, 'ledger', 'random.as-coded.csv'), ledgerText(family.rows));
  writeFileSync(join(folder, 'page.json'), JSON.stringify(page));
  return folder;
}

describe.runIf(hasPython)('the independent program', () => {
  const rng = new Mt19937(4);
  const said = new Set<string>();

  it('comes to the same outcomes and intervals from random ledgers', () => {
    for (let i = 0; i < 4; i++) {
      const family = { register, rows: randomRows(rng) };
      const verdicts = verdictsOf(experiment, family);
      for (const { parts } of verdicts) for (const { outcome, test: own } of parts) said.add(`${own.kind} ${outcome}`);
      const { stdout, stderr } = again(written(family, pageOf(verdicts)));
      expect(stderr).toBe('');
      expect(stdout).toBe(`${register.length} places: outcomes and intervals as on the page\n`);
    }
    for (const kind of ['median', 'rate', 'band', 'gamma']) expect(said).toContain(`${kind} open`);
    expect(said.size).toBeGreaterThan(9);
  });

  it('finds what the page says otherwise, a ledger or a register that was changed', () => {
    const rows = register.flatMap(({ place, definitionHash }) =>
      Array.from({ length: 30 }, (_, i): LedgerRow => {
        const one = { low: 1, high: 1 };
        return {
          place,
          claim: definitionHash.slice(0, 16),
          seed: 1001 + i,
          x: one,
          y: one,
          tasks: ['t'],
          results: ['r'],
        };
      }),
    );
    const family = { register, rows };
    const verdicts = verdictsOf(experiment, family);
    const folder = written(family, pageOf(verdicts));
    expect(again(folder).status).toBe(0);

    const page = pageOf(verdicts);
    page.sections[0]!.claims[0]!.cells['as-coded'].parts[0]!.outcome = 'falls';
    expect(again(written(family, page))).toMatchObject({ status: 1, stderr: expect.stringContaining('random more') });
    page.sections[0]!.claims = page.sections[0]!.claims.slice(1);
    expect(again(written(family, page)).stderr).toContain('place 1: expected on the page');

    const ledger = join(folder, 'ledger', 'random.as-coded.csv');
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replaceAll(/^(1,.*?,.*?),1,1/gm, '$1,-2,-2'));
    expect(again(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining('place 1') });

    const file = join(folder, 'register.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"margin":0.5', '"margin":0.4'));
    expect(again(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining('its definition is another') });
  });
});

test.runIf(hasPython && existsSync(join(root, 'docs/results/page.json')))(
  'every verdict of the page follows from the ledger',
  () => {
    expect(again()).toMatchObject({ status: 0, stderr: '' });
  },
);
