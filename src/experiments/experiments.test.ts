import { describe, expect, it } from 'vitest';
import { networkOf } from '../engine/model-spec.js';
import { parameterCount } from '../engine/shapes.js';
import { type Experiment, type Preset, type Protocol, protocolOf, withBugs } from '../study/experiment.js';
import type { Figure } from '../study/figure.js';
import { tasksOf } from '../study/plan.js';
import type { Reading } from '../study/reading.js';
import { armTermsOf, termsOf } from '../study/term-parts.js';
import { parseTaskSpec, taskId } from '../tasks/task.js';
import { testsOf } from '../verdicts/index.js';
import { experiments } from './index.js';

const byId = (id: string): Experiment => experiments.find((experiment) => experiment.id === id)!;
const coded = (id: string): Protocol => protocolOf(byId(id), 'as-coded')!;
const counts = (preset: Pick<Preset, 'arms'>): readonly number[] =>
  preset.arms.map(({ spec }) => parameterCount(networkOf(spec.model)));
const identify = (spec: Parameters<typeof taskId>[0]): string =>
  taskId(spec, { kernelsDigest: 'test', engineRevision: 1 });

describe('the networks', () => {
  it('of 1.1.1 have 571, 572 and 571 parameters and start 0, 571 and 1143 draws into the stream', () => {
    for (const id of ['function-fit-sinc', 'function-fit-sign-sin']) {
      const { arms: all } = coded(id).presets.report!;
      const arms = all.filter((arm) => ['m1', 'm2', 'm3'].includes(arm.id));
      expect(counts({ arms })).toEqual([571, 572, 571]);
      expect(arms.map(({ spec }) => spec.init)).toEqual([0, 571, 1143].map((skip) => ({ kind: 'pytorch', skip })));
    }
  });

  it('of 1.1.2 have 25550, 25570 and 25621 parameters, and as intended all within 0.02 %', () => {
    expect(counts(coded('mnist-depth').presets.report!)).toEqual([25_550, 25_570, 25_621]);
    const three = [25_577, 25_573, 25_573];
    // At each of four learning rates.
    expect(counts(protocolOf(byId('mnist-depth'), 'as-intended')!.presets.study!)).toEqual(
      new Array(4).fill(three).flat(),
    );
    expect(counts(protocolOf(byId('mnist-depth'), 'as-written')!.presets.study!)[2]).toBe(25_577);
  });

  it('of 1.2.1, 1.2.2 and 1.3.3 have 397510, 1501 and 397510 parameters', () => {
    expect(counts(coded('weight-trajectories').presets.report!)[0]).toBe(397_510);
    expect(counts(coded('gradient-norm').presets.report!)).toEqual([1501]);
    expect(counts(coded('interpolation-batch').presets.report!)[0]).toBe(397_510);
  });

  it('of 1.3.2 have the ten sizes of the original, as written CNNs within 1 % (0.5 % from the second on)', () => {
    const sizes = [39_760, 79_510, 198_760, 397_510, 437_260, 596_260, 795_010, 834_760, 1_192_510, 1_590_010];
    expect(counts(coded('parameter-count').presets.report!)).toEqual(sizes);
    const written = counts(protocolOf(byId('parameter-count'), 'as-written')!.presets.study!);
    written.forEach((count, i) => {
      expect(Math.abs(count / sizes[i]! - 1)).toBeLessThan(i === 0 ? 0.01 : 0.005);
    });
  });

  it('of 1.1.2 take 1,500 updates in the quick preset as in the report', () => {
    const updates = ({ arms }: Preset): readonly number[] =>
      arms.map(({ spec: { data, batchSize, stop } }) =>
        data.kind === 'mnist' && batchSize !== 'full' ? (data.trainSize! / batchSize) * stop.epochs : 0,
      );
    const { quick, report } = coded('mnist-depth').presets;
    expect([...updates(quick!), ...updates(report!)]).toEqual(new Array(6).fill(1500));
  });
});

const protocols = experiments.flatMap((experiment) =>
  experiment.protocols.map((protocol) => ({ name: `${experiment.id} ${protocol.id}`, experiment, protocol })),
);

describe.each(protocols)('$name', ({ experiment, protocol }) => {
  const presets = Object.entries(protocol.presets) as [keyof Protocol['presets'], Preset][];
  const armsOf = ({ arms, measurements }: Preset) => [...arms, ...measurements].map(({ id }) => id);
  const all = new Set(presets.flatMap(([, preset]) => armsOf(preset)));

  it('plans valid tasks with different ids for different arms of a preset, and every arm has its own id', () => {
    for (const [name, preset] of presets) {
      const tasks = tasksOf(experiment, protocol, name, { seeds: [1, 2], identify });
      for (const { spec, id } of tasks) expect(identify(parseTaskSpec(spec))).toBe(id);
      expect(new Set(armsOf(preset)).size).toBe(armsOf(preset).length);
    }
  });

  it('has a smoke preset that is a miniature, and a quick one', () => {
    expect(protocol.presets.smoke?.miniature).toBe(true);
    expect(protocol.presets.quick).toBeDefined();
  });

  it('shows, asks for and judges by arms that it has, and metrics that these observe', () => {
    const { study, report, quick } = protocol.presets;
    const largestFirst = [study, report, quick].flatMap((preset) => preset?.arms ?? []);
    for (const { arm, reading } of uses(experiment, protocol)) {
      expect(all).toContain(arm);
      const trial = largestFirst.find(({ id }) => id === arm);
      if (trial !== undefined) for (const metric of metricsOf(reading)) expect(observed(trial)).toContain(metric);
      else expect(['value', 'mcnemar', 'cell', 'greatestCell', 'leastCell']).toContain(reading.kind);
    }
  });

  it('reports on none but its arms, and has a caption, and a unit in brackets on every axis', () => {
    for (const { reported } of protocol.quantities) for (const arm of Object.keys(reported)) expect(all).toContain(arm);
    for (const { x, y, y2, caption } of protocol.figures) {
      for (const axis of [x, y, ...(y2 ? [y2] : [])]) expect(axis.label).toMatch(/\(.+\)$/);
      expect(caption.length).toBeGreaterThan(60);
    }
  });

  it('has figures and quantities of different ids, and a label on each series of several', () => {
    for (const list of [protocol.figures, protocol.quantities])
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    for (const figure of protocol.figures) {
      const series = 'series' in figure ? figure.series : [];
      if (series.length > 1) for (const { label } of series) expect(label).toBeTruthy();
      if (series.some(({ axis }) => axis === 'right')) expect(figure.y2).toBeDefined();
    }
  });

  it('names for each switch a disagreement of the experiment, and keeps its switches when one is thrown', () => {
    const known = new Set(experiment.disagreements.map(({ id }) => id));
    for (const [name, { disagreement, standard }] of Object.entries(protocol.bugs ?? {})) {
      if (disagreement !== undefined) expect(known).toContain(disagreement);
      const thrown = withBugs(protocol, { [name]: !standard });
      expect(Object.keys(thrown.bugs ?? {})).toEqual(Object.keys(protocol.bugs ?? {}));
      expect(JSON.stringify(thrown)).not.toBe(JSON.stringify(protocol));
      expect(JSON.stringify(withBugs(protocol, { [name]: standard }))).toBe(JSON.stringify(protocol));
      for (const presetName of Object.keys(thrown.presets))
        expect(tasksOf(experiment, thrown, presetName as 'quick', { seeds: [1], identify }).length).toBeGreaterThan(0);
    }
  });
});

interface Use {
  readonly arm: string;
  readonly reading: Reading;
}

/** Every reading of every arm that figures, quantities and claims ask for. */
function uses({ claims }: Experiment, protocol: Protocol): readonly Use[] {
  const trials = Object.values(protocol.presets).flatMap((preset) => preset.arms.map(({ id }) => id));
  const quantities = protocol.quantities.flatMap(({ arms = trials, reading }) => arms.map((arm) => ({ arm, reading })));
  const tests = claims.flatMap((claim) => testsOf(claim, protocol.id));
  return [
    ...protocol.figures.flatMap((figure) => usesOfFigure(figure, trials)),
    ...quantities,
    ...tests.flatMap(termsOf).flatMap(armTermsOf),
  ];
}

function usesOfFigure(figure: Figure, trials: readonly string[]): readonly Use[] {
  switch (figure.kind) {
    case 'metric':
      return (figure.arms ?? trials).flatMap((arm) =>
        figure.series.map(({ metric }) => ({ arm, reading: { kind: 'last', metric } as const })),
      );
    case 'by-arm':
      return figure.series.flatMap(({ arms, reading }) => arms.map((arm) => ({ arm, reading })));
    case 'columns':
      return figure.arms.map((arm) => ({ arm, reading: { kind: 'value', name: '' } }));
    case 'scatter':
      return figure.series.flatMap(({ arms, x, y }) =>
        arms.flatMap((arm) => [
          { arm, reading: x },
          { arm, reading: y },
        ]),
      );
    default:
      return [];
  }
}

const metricsOf = (reading: Reading): readonly string[] => [
  ...('metric' in reading ? [reading.metric] : []),
  ...('near' in reading ? [reading.near.metric] : []),
  ...('after' in reading ? [reading.after.metric] : []),
];

function observed({ spec: { observe = {} } }: Preset['arms'][number]): readonly string[] {
  const each: Record<string, readonly string[]> = {
    test: ['testLoss', 'testAccuracy'],
    train: ['trainLoss', 'trainAccuracy'],
    lambdaMax: ['lambdaMax', 'preconditionedLambdaMax'],
  };
  return Object.keys(observe).flatMap((name) => each[name] ?? [name]);
}

it('the ids of experiments and of all their claims differ, and within one those of disagreements', () => {
  const differ = (items: readonly { readonly id: string }[]): void =>
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  differ(experiments);
  differ(experiments.flatMap(({ claims }) => claims));
  for (const { disagreements } of experiments) differ(disagreements);
});

it('every experiment has claims, and all disagreements D1 to D49 are there', () => {
  for (const { claims } of experiments) expect(claims.length).toBeGreaterThan(1);
  const known = new Set(experiments.flatMap(({ disagreements }) => disagreements.map(({ id }) => id)));
  expect([...known].sort()).toEqual(Array.from({ length: 49 }, (_, i) => `D${i + 1}`).sort());
});

it('a companion stands under a claim of its own experiment that is none itself', () => {
  for (const { claims } of experiments) {
    for (const { companionOf } of claims.filter((claim) => claim.companionOf !== undefined))
      expect(claims.filter((claim) => claim.companionOf === undefined).map(({ id }) => id)).toContain(companionOf);
  }
});

it('the whole report is planned as coded from seed 1 alone, at full size', () => {
  for (const { id } of experiments) {
    const { report } = coded(id).presets;
    expect(report).toMatchObject({ seeds: [1], miniature: false });
  }
});
