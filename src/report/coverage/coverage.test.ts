import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { joined, syntheticRun } from '../../../test/support/synthetic-trials.js';
import { experiments } from '../../experiments/index.js';
import { type Column, isWithout, items, type Reference, type Source } from '../../original/index.js';
import type { Experiment } from '../../study/experiment.js';
import { pageModel } from '../model/build-model.js';
import type { CoverageModel } from '../model/page-model.js';
import { draftSection, type SectionDraft } from '../model/section-draft.js';
import { page } from '../page/page.js';
import { joinRun } from '../tables/run.js';
import { numberAgreement } from './agreement.js';
import { amongTwins } from './among-twins.js';
import { type CoverageRow, columnText, coverageRows, measuredWord, unmeasured } from './coverage-rows.js';
import { columns } from './ours.js';
import { printedNumber } from './printed.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const parts = items.flatMap((item) => item.parts.map((part) => ({ item, part })));
const byId = (id: string): Experiment => experiments.find((one) => one.id === id)!;

/** The references of all items, with the columns that they are for; undefined: for every protocol that has it. */
const references = parts.flatMap(({ item, part: { answer, name, value } }) => {
  if (isWithout(answer)) return [];
  const own = { item, where: `${item.id} ${name}`, value };
  const all: { column: Column | undefined; reference: Reference }[] = [
    ...(answer.ours ? [{ column: undefined, reference: answer.ours }] : []),
    ...Object.entries(answer.except ?? {}).map(([column, reference]) => ({ column: column as Column, reference })),
  ];
  return all.map((one) => ({ ...own, ...one }));
});

/** Drafts without any run, or with made-up ones of the code at full size. */
const draftsOf = (isRun: boolean): readonly SectionDraft[] =>
  experiments.map((experiment) => {
    if (!isRun) return draftSection(experiment, []);
    const { run, results } = syntheticRun(experiment, 'as-coded', 'report');
    return draftSection(experiment, [joinRun(run, experiments, joined([{ run, results }]))]);
  });
/** Built once: it takes a second. */
const runDrafts = draftsOf(true);

const rowsOf = (drafts: readonly SectionDraft[]): readonly CoverageRow[] =>
  coverageRows(items, drafts, pageModel(drafts, { version: '1' }).sections);

describe('the items', () => {
  it('are all there, by section, each once', () => {
    const counts = new Map<string, number>();
    for (const { section } of items) counts.set(section, (counts.get(section) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      intro: 16,
      '1.1.1 f1': 59,
      '1.1.1 f2': 55,
      '1.1.2': 65,
      '1.2.1': 42,
      '1.2.2': 39,
      '1.2.3': 30,
      '1.3.1': 34,
      '1.3.2': 34,
      '1.3.3 batch': 44,
      '1.3.3 rate': 45,
      '1.3.4': 32,
    });
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    for (const { parts: own } of items) expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
  });

  it('quote one sentence at most', () => {
    for (const { kind, parts: own } of items.filter((item) => item.kind === 'claim')) {
      expect(kind === 'claim' && own[0]!.value.length).toBeLessThan(200);
    }
  });

  it('refer to disagreements that their experiment has', () => {
    const known = new Set(experiments.flatMap(({ disagreements }) => disagreements.map(({ id }) => id)));
    for (const { differences } of items) for (const id of differences) expect(known).toContain(id);
  });

  it('that say something again name items that do not, and what is built in a file that is there', () => {
    const restating = new Set(parts.flatMap(({ item, part }) => (isRestated(part.answer) ? [item.id] : [])));
    for (const { item, part } of parts) {
      const { answer } = part;
      if (!isWithout(answer)) continue;
      expect(answer.evidence, item.id).not.toBe('');
      if (answer.reason === 'built in') expect(existsSync(`${root}${answer.evidence}`), answer.evidence).toBe(true);
      if (answer.reason !== 'restated') continue;
      for (const id of answer.evidence.split(' ')) {
        expect(items.map((one) => one.id)).toContain(id);
        if (id !== item.id) expect([item.id, restating.has(id) && !hasOurs(id)]).toEqual([item.id, false]);
      }
    }
  });
});

const isRestated = (answer: Parameters<typeof isWithout>[0]): boolean =>
  isWithout(answer) && answer.reason === 'restated';
const hasOurs = (id: string): boolean => parts.some(({ item, part }) => item.id === id && !isRestated(part.answer));

describe('the references', () => {
  it('name what the study has', () => {
    const unknown = references.filter(({ item, column, reference }) => {
      const experiment = byId(item.experiment);
      const protocols = experiment.protocols.filter(
        ({ id }) => column === undefined || id === (column === 'other-version' ? 'as-coded' : column),
      );
      return !protocols.some((protocol) => has(experiment, protocol, reference));
    });
    expect(unknown.map(({ where, reference }) => `${where}: ${JSON.stringify(reference)}`)).toEqual([]);
  });

  it('state every number that the study says was reported', () => {
    const isStated = (experiment: string, value: number): boolean =>
      parts.some(
        ({ item, part }) =>
          item.experiment === experiment && Math.abs(Number(part.value) - value) <= 1e-3 * Math.abs(value),
      );
    const reported = experiments.flatMap(({ id, protocols }) =>
      protocols.flatMap(({ quantities }) =>
        quantities.flatMap((quantity) =>
          Object.values(quantity.reported).map(({ value }) => ({ id, quantity: quantity.id, value })),
        ),
      ),
    );
    expect(reported.length).toBeGreaterThan(100);
    const missing = reported.filter(({ id, value }) => !isStated(id, value));
    expect(missing).toEqual([]);
  });
});

function has(experiment: Experiment, protocol: Experiment['protocols'][number], reference: Reference): boolean {
  const presets = Object.values(protocol.presets).filter(({ miniature }) => !miniature);
  const arms = presets.flatMap((preset) => [...preset.arms, ...preset.measurements].map(({ id }) => id));
  switch (reference.kind) {
    case 'quantity': {
      const quantity = protocol.quantities.find(({ id }) => id === reference.quantity);
      return quantity !== undefined && (quantity.arms ?? arms).includes(reference.arm) && arms.includes(reference.arm);
    }
    case 'setting':
      return reference.arms.every((arm) => arms.includes(arm));
    case 'initial':
      return arms.includes(reference.arm);
    case 'switch':
      return protocol.bugs?.[reference.bug] !== undefined;
    case 'label':
      return protocol.quantities.some(({ id }) => id === reference.quantity);
    case 'figure':
      return protocol.figures.some(({ id }) => id === reference.figure);
    case 'claims':
      return reference.claims.every((id) =>
        experiment.claims.some((claim) => claim.id === id && claim.judged[protocol.id]),
      );
  }
}

describe.each([
  ['without any run', false],
  ['with the code run at full size', true],
] as const)('the rows, %s', (_, isRun) => {
  const drafts = isRun ? runDrafts : draftsOf(false);
  const rows = rowsOf(drafts);

  it('are one for each value, each with ours or a reason', () => {
    expect(rows.map(({ item, part }) => `${item.id} ${part.name}`)).toEqual(
      parts.map(({ item, part }) => `${item.id} ${part.name}`),
    );
    for (const { item, part, cells, reason, evidence, place, standing } of rows) {
      const hasText = columns.some((column) => 'text' in (cells.get(column) ?? {}));
      expect([item.id, part.name, hasText || (reason !== undefined && evidence !== '')]).toEqual([
        item.id,
        part.name,
        true,
      ]);
      expect(hasText).toBe(standing !== 'none');
      expect(hasText).toBe(place !== '');
    }
  });

  it('say what it takes where a protocol was not run', () => {
    for (const { item, evidence } of rows.filter((row) => row.reason === 'not computed' && row.cells.size > 0))
      expect([item.id, evidence]).toEqual([
        item.id,
        expect.stringMatching(/not (?:yet )?run: .*(?:descent run|seeds)|no value/),
      ]);
  });

  it('stand where they say on the page, which counts them and links the file', () => {
    const model = pageModel(drafts, { version: '1', items });
    const text = page(model, { drawings: new Map() });
    for (const place of new Set(rows.map((row) => row.place)))
      if (place !== '') expect(text).toContain(`id="${place.slice(1)}"`);
    expect(text).toContain('<a href="coverage.csv">');
    expect(model.coverage?.total).toMatchObject({ items: 495, values: rows.length });
    expect(model.coverage?.table?.rows.length).toBe(rows.length);
  });
});

const spread = (lowest: number, highest: number, count: number) => ({
  median: (lowest + highest) / 2,
  quarter: lowest,
  threeQuarters: highest,
  lowest,
  highest,
  count,
});

const agreementOf = (
  [text, source]: Parameters<typeof printedNumber>,
  seeds: ReturnType<typeof spread>,
  twins?: ReturnType<typeof spread>,
) => numberAgreement(printedNumber(text, source)!, { seeds, twins, note: '', difference: undefined });

it('a printed number is met to its last digit, within twins, within seeds, or beyond', () => {
  const standing = (text: string, ...bands: [ReturnType<typeof spread>, ReturnType<typeof spread>?]) =>
    agreementOf([text], ...bands)?.standing;
  expect(standing('0.05', spread(0.0549, 0.0549, 1))).toBe('same');
  expect(standing('0.05', spread(0.0551, 0.0551, 1))).toBe('apart');
  expect(standing('961', spread(946, 946, 1), spread(722, 2010, 9))).toBe('within');
  expect(standing('961', spread(970, 2000, 3))).toBe('beyond');
  expect(standing('961', spread(961.4, 2000, 3))).toBe('within');
  expect(printedNumber('1e-4')).toEqual({ value: 1e-4, decimals: 4, how: 'printed', tolerance: 0 });
  expect(printedNumber('784-500-10')).toBeUndefined();
});

it('a number that is read off a figure is met to one unit of its last digit, and no further', () => {
  const one = (value: number) => spread(value, value, 1);
  expect(agreementOf(['2.55', 'figure'], one(2.5401))).toEqual({
    standing: 'same',
    words: 'the same as read off a figure',
  });
  expect(agreementOf(['2.55', 'figure'], one(2.5399))?.standing).toBe('apart');
  expect(agreementOf(['2.55', 'notebook'], one(2.5401))?.standing).toBe('apart');
  expect(agreementOf(['9', 'figure'], one(27), spread(15, 30, 9))?.standing).toBe('beyond');
  expect(agreementOf(['9', 'figure'], one(27), spread(10, 30, 9))?.standing).toBe('within');
});

it('a range that a number is beyond has a digit more where those of the number do not show it', () => {
  const twins = spread(0.005763, 0.005793, 9);
  expect(agreementOf(['0.0057'], spread(0.005764, 0.005764, 1), twins)?.words).toBe(
    'beyond 9 twins, 0.00576 to 0.00579, by 0.000063',
  );
  expect(agreementOf(['857'], spread(862, 862, 1), spread(862, 865, 9))?.words).toBe(
    'beyond 9 twins, 862 to 865, by 5',
  );
});

it('a row holds a number by where it is stated', () => {
  const { sections } = pageModel(runDrafts, { version: '1' });
  const peak = items.find(({ id }) => id === '1.2.2-figure-peak-norm')!;
  const rowOf = (source: Source, value: string) =>
    coverageRows([{ ...peak, source, parts: [{ ...peak.parts[0]!, value }] }], runDrafts, sections)[0]!;
  const own = Number(columnText(rowOf('figure', '0.000000000000'), 'as-coded'));
  const [low, high] = [Math.floor(own * 1e4) / 1e4, Math.ceil(own * 1e4) / 1e4] as const;
  const further = (own - low > high - own ? low : high).toFixed(4);
  expect(rowOf('figure', further).standing).toBe('same');
  expect(rowOf('notebook', further).standing).not.toBe('same');
});

describe('a number beyond our range', () => {
  const experiment = byId('gradient-norm');
  const { run, results } = syntheticRun(experiment, 'as-coded', 'report', { twins: 3 });
  const drafts = [draftSection(experiment, [joinRun(run, experiments, joined([{ run, results }]))])];
  const { sections } = pageModel(drafts, { version: '1' });
  const { differences, cause, ...log } = items.find(({ id }) => id === '1.2.2-log-table')!;
  const parts = log.parts.slice(0, 3).map((part, i) => (i === 0 ? { ...part, value: '99.5' } : part));
  const rowsWith = (marks: Partial<Pick<(typeof items)[number], 'differences' | 'cause'>>) =>
    coverageRows([{ ...log, notes: [], differences: [], parts, ...marks }], drafts, sections);
  const far = (rows: readonly CoverageRow[]) => rows.find(({ part }) => part.value === '99.5')!;

  it('without anything measured of why is found', () => {
    const rows = rowsWith({});
    expect(far(rows).standing).toBe('beyond');
    expect(unmeasured(rows)).toContain(far(rows));
    // One that names a disagreement of which nothing is measured.
    expect(unmeasured(rowsWith({ differences: ['D0'] })).map(({ part }) => part.value)).toContain('99.5');
  });

  it('has what was measured of a disagreement, or how it stands among the twins', () => {
    expect(differences).toContain('D18');
    expect(unmeasured(rowsWith({ differences: ['D18'] }))).toEqual([]);
    expect(cause).toBeUndefined();
    const rows = rowsWith({ cause: 'cause not identified' });
    expect(unmeasured(rows)).toEqual([]);
    expect(far(rows).evidence).toMatch(/^cause not identified, measured: \d of 3 such numbers are beyond their twins/);
  });

  it('is measured on the page as it is', () => {
    const { coverage } = JSON.parse(readFileSync(`${root}docs/results/page.json`, 'utf8')) as {
      coverage: Pick<CoverageModel, 'beyond'>;
    };
    expect(coverage.beyond.filter(({ evidence }) => !evidence.includes(measuredWord))).toEqual([]);
  });
});

it('how a number stands among twins counts what rounding alone makes of twins', () => {
  const held = (text: string, ...twins: number[]) => ({ stated: printedNumber(text)!, twins });
  const far = held('5.0', 1, 2, 3);
  // Of the six twins the least and the greatest of each three are beyond the two others.
  expect(amongTwins([far, held('2.0', 1, 2, 3)])).toBe(
    '1 of 2 such numbers are beyond their twins, and 67 % of the twins beyond the others',
  );
  // Printed to whole numbers they are one.
  expect(amongTwins([held('5', 1.1, 1.2, 1.3)])).toMatch(/and 0 % of the twins/);
  expect(amongTwins([held('5', 1)])).toBeUndefined();
});
