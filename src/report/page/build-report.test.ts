import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runs as inLength, isLong } from '../../../test/support/length.js';
import { joined, syntheticRun } from '../../../test/support/synthetic-trials.js';
import { resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import { experiments } from '../../experiments/index.js';
import type { RunRecord } from '../../lab/record.js';
import type { Figure } from '../../study/figure.js';
import { evidenceOf, judgeValues, testsOf, verdictOf } from '../../verdicts/index.js';
import { drawFigure, drawInline } from '../drawing/draw-figure.js';
import type { PageModel } from '../model/page-model.js';
import { buildReport, type ReportFile, type ReportInput } from './build-report.js';

const fonts = join(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'), '../ttf');
const fontFiles = [join(fonts, 'DejaVuSans.ttf'), join(fonts, 'DejaVuSans-Bold.ttf')];
const common: Pick<ReportInput, 'draw' | 'version'> = {
  draw: (figure) => drawFigure(figure, fontFiles),
  version: '1.2.3',
};
const runs = experiments.flatMap((experiment) =>
  experiment.protocols.flatMap(({ id, presets }) =>
    presets.quick && (isLong || id === 'as-coded') ? [syntheticRun(experiment, id, 'quick')] : [],
  ),
);

/** In the short form each figure is drawn on the page, and the PNG of the first stands for those of all. */
function drawForPage(): ReportInput['draw'] {
  let first: Promise<Uint8Array> | undefined;
  return async (figure) => {
    first ??= common.draw(figure).then(({ png }) => png);
    return { inline: await drawInline(figure), png: await first };
  };
}
const draw = inLength(drawForPage(), common.draw);
const whole: ReportInput = { ...common, draw, experiments, runs: runs.map(({ run }) => run), results: joined(runs) };
const tiny = (change: Partial<ReportInput> = {}): ReportInput => ({
  ...common,
  experiments: [tinyExperiment],
  runs: [tinyRun()],
  results: resultsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1])),
  ...change,
});

/** Whether a run has an arm that a figure shows: some are run at full size alone. */
function isIn(figure: Figure, { trials, measurements }: RunRecord): boolean {
  const series = 'series' in figure ? figure.series.flatMap((one) => ('arms' in one ? one.arms : [])) : [];
  const arms = ('arms' in figure && figure.arms) || series;
  return arms.length === 0 || [...trials, ...measurements].some(({ arm }) => arms.includes(arm));
}

/** For tests of what is said: nothing is drawn. */
const undrawn: ReportInput['draw'] = async () => ({ inline: '', png: new Uint8Array() });

async function textOf(input: ReportInput, path: string): Promise<string> {
  return String((await buildReport({ ...input, draw: undrawn })).find((file) => file.path === path)?.content);
}

describe('the report of all experiments', async () => {
  const files = await buildReport(whole);
  const page = String(files[0]?.content);

  it('is one page under 5 MB, with a PNG and a JSON for each figure', () => {
    expect(page.length).toBeLessThan(5e6);
    const paths = (ending: string): readonly string[] =>
      files.flatMap(({ path }) => (path.endsWith(ending) ? [path.slice(0, -ending.length)] : []));
    const figures = runs.flatMap(({ run }) =>
      experiments
        .find(({ id }) => id === run.experiment)!
        .protocols.find(({ id }) => id === run.protocol)!
        .figures.filter((figure) => isIn(figure, run))
        .map(({ id }) => `figures/${run.experiment}-${run.protocol}-${run.preset}-${id}`),
    );
    expect(paths('.png').toSorted()).toEqual(figures.toSorted());
    expect(paths('.vl.json').toSorted()).toEqual(figures.toSorted());
    const png = files.find(({ path }) => path.endsWith('.png'))!.content as Uint8Array;
    expect([...png.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it('refers to nothing outside itself and runs no script', () => {
    expect(page).not.toMatch(/https?:|\ssrc=|url\(|@import|<script|<link|<iframe/i);
    for (const [, target] of page.matchAll(/href="(?!data:text\/csv;charset=utf-8,)([^"]*)"/g)) {
      expect(target).toMatch(/^#/);
      expect(page).toContain(`id="${target?.slice(1)}"`);
    }
  });

  it('shows every reported number and the ids and result hashes, which the tables beside it have whole', () => {
    const tables = files.flatMap(({ path, content }) => (path.endsWith('-tasks.csv') ? [content] : [])).join('');
    for (const { id, hash } of [...whole.results.trials.values(), ...whole.results.measurements.values()]) {
      expect(page).toContain(`<td>${id.slice(0, 12)}</td><td>${hash.slice(0, 12)}</td>`);
      expect(tables).toContain(`,${id},${hash}`);
    }
    for (const shown of ['961', '857', '2,186', '8,146', '25,000', '98.66', '97.90', '98.80'])
      expect(page).toContain(`<td>${shown}`);
  });
});

it('comes out the same, byte for byte, a second time', async () => {
  const digests = (files: readonly ReportFile[]): readonly string[] =>
    files.map(({ path, content }) => `${path} ${createHash('sha256').update(content).digest('hex')}`);
  expect(digests(await buildReport(tiny()))).toEqual(digests(await buildReport(tiny())));
});

it('escapes what comes from data', async () => {
  const evil = '<img src=x onerror=alert(1)>"\'&';
  const page = await textOf(tiny({ runs: [{ ...tinyRun(), settings: [evil] }], version: evil }), 'index.html');
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
});

it('says that settings were changed, and which trial is missing', async () => {
  const runs = [{ ...tinyRun(), settings: ['stop.epochs=9'] }];
  const page = await textOf(tiny({ runs, results: resultsOf(tinyRecord('a1', [1, 0.5])) }), 'index.html');
  expect(page).toContain('Changed from the preset: stop.epochs=9.');
  expect(page).toContain('2 trials · 1 measurement · 1 missing');
  expect(page).toContain('<td>missing</td>');
});

it('the Markdown has the figures, the table and the command', async () => {
  const markdown = await textOf(tiny(), 'report.md');
  expect(markdown).toContain(
    '| 0.0 | A is slower than B.<br><sub>epochs, A / B; claimed: above 1.1</sub> ' +
      '| not claimed | **not yet run**: at least 16 seeds | not claimed |',
  );
  expect(markdown).toContain('![Loss](figures/tiny-as-coded-quick-loss.png)');
  expect(markdown).toContain('| Epochs | A, first | 1,234 | 2 | text |');
  expect(markdown).toContain('`npx descent run tiny --protocol as-coded --preset quick --seeds 1`');
});

it('refuses no runs, and runs that do not fit the experiments, each with a line that says why', async () => {
  await expect(buildReport(tiny({ runs: [] }))).rejects.toThrow('report: expected at least one run, got none');
  await expect(buildReport(tiny({ experiments: [] }))).rejects.toThrow(
    'report: expected a run of a known experiment, got "tiny"; run it again',
  );
  await expect(buildReport(tiny({ runs: [{ ...tinyRun(), preset: 'huge' }] }))).rejects.toThrow('got "huge"');
  await expect(buildReport(tiny({ runs: [{ ...tinyRun(), protocol: 'as-told' }] }))).rejects.toThrow('got "as-told"');
  const trials = [{ arm: 'z', seed: 1, id: 'z1' }];
  await expect(buildReport(tiny({ runs: [{ ...tinyRun(), trials }] }))).rejects.toThrow('(a, b), got "z"');
});

it('lists what was not run, with the command that runs it', async () => {
  const other = { ...tinyExperiment, id: 'other', claims: [] };
  const page = await textOf(tiny({ experiments: [tinyExperiment, other] }), 'index.html');
  expect(page).toContain('1 experiment of 2');
  for (const command of ['tiny --protocol as-intended', 'other --protocol as-coded', 'other --protocol as-intended'])
    expect(page).toContain(`npx descent run ${command} --preset quick`);
  expect(page.match(/Not run here\./g)).toHaveLength(3);
});

it('shows what was measured of a disagreement, under each protocol', async () => {
  const disagreements = [{ ...tinyExperiment.disagreements[0]!, quantities: ['epochs'] }];
  const runs = [tinyRun(), { ...tinyRun(), protocol: 'as-intended' }];
  const page = await textOf(tiny({ experiments: [{ ...tinyExperiment, disagreements }], runs }), 'index.html');
  expect(page).toContain('Epochs: as coded 2 / 1; as intended 2 / 1');
});

it('every quantity that a disagreement names is one of its experiment', () => {
  for (const { disagreements, protocols } of experiments) {
    const known = protocols.flatMap(({ quantities }) => quantities.map(({ id }) => id));
    expect(known).toEqual(expect.arrayContaining(disagreements.flatMap(({ quantities = [] }) => quantities)));
  }
});

it('draws a figure once where a second run of the protocol shows the same', async () => {
  const files = await buildReport(tiny({ runs: [tinyRun(), { ...tinyRun(), preset: 'report' }], draw: undrawn }));
  const shown = tinyExperiment.protocols[0]!.figures.length;
  expect(files.filter(({ path }) => path.endsWith('.png'))).toHaveLength(shown);
});

const manySeeds = Array.from({ length: 16 }, (_, i) => ({ seed: 1001 + i, x: { low: 3, high: 3 } }));
function tinyVerdicts() {
  const [claim] = tinyExperiment.claims;
  const [test] = testsOf(claim!, 'as-coded');
  const options = { evidence: evidenceOf(160), place: 7, hash: 'ab'.repeat(32) };
  return [verdictOf(claim!, 'as-coded', [judgeValues(test!, manySeeds, options)], { registered: '2026-11-26' })];
}

it('says of a claim without a verdict that it was not run, and what its runs show, which is no verdict', async () => {
  const page = await textOf(tiny(), 'index.html');
  expect(page).toContain(
    '<span class="effect">at least 16 seeds</span> <small class="glimpse">first look: as claimed: 2 from 1 seed',
  );
  expect(page).toContain('Runs from seeds that do not count (below 1001) show: as claimed: 2 from 1 seed.');
});

it('opens a verdict to its evidence: interval, register, what would change it, values as a file', async () => {
  const page = await textOf(tiny({ verdicts: tinyVerdicts() }), 'index.html');
  expect(page).toContain('<b>stands</b></span> <span class="effect">3 [3, 3] from 16 seeds</span>');
  expect(page).toContain('<dt>found</dt><dd>3 [3, 3], from 16 seeds</dd>');
  expect(page).toContain(`place 7 of 160, version 1, registered on 2026-11-26, <code>${'ab'.repeat(32)}</code>`);
  expect(page).toContain('It would be open again if the next seed said the opposite.');
  const [, data] = /download="tiny\.a-is-slower\.as-coded\.1\.csv" href="data:text\/csv;charset=utf-8,([^"]*)"/.exec(
    page,
  )!;
  const lines = decodeURIComponent(data!).trimEnd().split('\n');
  expect(lines).toEqual(['seed,low,high', ...manySeeds.map(({ seed }) => `${seed},3,3`)]);
});

it('page, Markdown, JSON and CSV say the same of a claim', async () => {
  const files = await buildReport(tiny({ verdicts: tinyVerdicts(), draw: undrawn }));
  const text = (path: string): string => String(files.find((file) => file.path === path)!.content);
  const json = JSON.parse(text('page.json')) as PageModel;
  const { cells } = json.sections[0]!.claims[0]!;
  expect(json).toMatchObject({ format: 'descent-page', version: 1, tally: { stands: 1, notClaimed: 2 } });
  expect(cells['as-coded']).toMatchObject({ outcome: 'stands', word: 'stands', words: '3 [3, 3] from 16 seeds' });
  expect(cells['as-intended'].outcome).toBe('notClaimed');
  expect(text('index.html')).toContain(`id="${cells['as-coded'].link.slice(1)}"`);
  expect(text('report.md')).toContain('| **stands**: 3 [3, 3] from 16 seeds |');
  expect(text('tables/verdicts.csv')).toContain('tiny,a-is-slower,,as-coded,stands,"epochs, A / B",stands');
});

it('an open claim of several parts says of each from how many seeds it is, and once what it would take', async () => {
  const [claim] = tinyExperiment.claims;
  const [test] = testsOf(claim!, 'as-coded');
  const options = { evidence: evidenceOf(160), secondsASeed: 600 };
  const parts = [3, 5].map((n) => judgeValues({ ...test!, label: `part of ${n}` }, manySeeds.slice(0, n), options));
  const input = tiny({ verdicts: [verdictOf(claim!, 'as-coded', parts)] });
  const needs = 'fewer than 16 seeds cannot decide: 13 to 51 more seeds (2.2 h to 8.5 h of one core)';
  expect(await textOf(input, 'report.md')).toContain(
    `| **open**: part of 3 3 from 3 seeds: open; part of 5 3 from 5 seeds: open; ${needs} |`,
  );
  const page = await textOf(input, 'index.html');
  expect(page).toContain('part of 5: <b>3</b> from 5 seeds; claimed: above 1.1');
  expect(page.split(` <small>${needs}</small>`)).toHaveLength(2);
  expect(page).toContain('Fewer than 16 seeds cannot decide. It takes 13 to 51 more seeds');
  expect(page).toContain('1 of 1 open cell has fewer seeds than could decide anything');
});

it('one part that points against an open claim can decide it, and the quickest such says what it takes', async () => {
  const [claim] = tinyExperiment.claims;
  const [test] = testsOf(claim!, 'as-coded');
  const options = { evidence: evidenceOf(160), secondsASeed: 600 };
  const against = manySeeds.map(({ seed }) => ({ seed, x: { low: 0.5, high: 0.5 } }));
  const partOf = (label: string, values: typeof against) => judgeValues({ ...test!, label }, values, options);
  const needsOf = async (...parts: readonly ReturnType<typeof partOf>[]): Promise<string> => {
    const report = await textOf(tiny({ verdicts: [verdictOf(claim!, 'as-coded', parts)] }), 'report.md');
    return /cannot decide: ([^|]*) more seeds/.exec(report)![1]!;
  };
  const [long, short] = [partOf('long', against.slice(0, 3)), partOf('short', against.slice(0, 9))];
  const standing = partOf('standing', manySeeds.slice(0, 5));
  expect(await needsOf(standing, partOf('standing, too', manySeeds.slice(0, 9)))).toBe('11 to 27');
  expect(await needsOf(standing, short, long)).toBe(await needsOf(short, short));
  expect(await needsOf(long, standing)).toBe('13 to 51');
});

it('says what all of it took, on which machine, and how much of that is a price', async () => {
  const results = resultsOf(
    tinyRecord('a1', [1, 0.5], { machine: 'M (2 cores, wasm kernels)' }),
    tinyRecord('b1', [1]),
  );
  const work = {
    ...{ experiment: 'tiny', timed: { tasks: 2, seconds: 7200 }, priced: { tasks: 1000, seconds: 1800 } },
    machines: ['M (2 cores, wasm kernels)', 'another'],
  };
  const words =
    'All of it took 2.5 h of one core: 4 s for numbers and figures (3 tasks), 2.5 h for verdicts (1,002 tasks). ' +
    'It ran on M (2 cores, wasm kernels) and on another. 30 min of it is a price, good to a factor of two: ' +
    'how long these 1,000 tasks took was not kept.';
  const page = await textOf(tiny({ results, work: [work] }), 'index.html');
  expect(page.split(words)).toHaveLength(3);
  expect(page).toContain('<td>4 s (3 tasks)</td><td>2 h (2 tasks)</td><td>30 min (1,000 tasks)</td>');
  expect(await textOf(tiny({ results, work: [work] }), 'report.md')).toContain(words);
  expect(await textOf(tiny(), 'index.html')).toContain('All of it took 4 s of one core: 4 s for numbers');
});

it('shows how a bug is switched, and where a run has it switched', async () => {
  expect(await textOf(tiny(), 'index.html')).toContain(
    'Trains again (D0): <b>on</b>, <code>--set bugs.retrain=false</code>',
  );
});
