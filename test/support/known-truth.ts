import { exp, log } from '../../src/base/math.js';
import type { ClaimTest, Term } from '../../src/study/claim.js';
import type { Arm, Experiment } from '../../src/study/experiment.js';

/*
 * An experiment whose truth is known in closed form. Each trial trains one weight w towards 0 by gradient descent:
 *
 *     loss = w^2,   w <- (1 - 2 rate) w,   w from U(-b, b),  b = 1 / sqrt(weights)
 *
 * and ends once the loss is below b^2 exp(-2 A), so that P(more than q epochs) = 1 - exp(q ln(1 / (1 - 2 rate)) - A).
 * A run that has more to do takes longer, as in earnest, and the longest are cut at a limit.
 */
const weights = 5;
const rate = 0.0005;
const depth = 5;

/** The share of all seeds that take more than so many epochs. */
export const shareAbove = (epochs: number): number => 1 - exp(-epochs * log(1 - 2 * rate) - depth);

/** The number of epochs that so large a share of all seeds exceeds. */
const exceededBy = (share: number): number => Math.round(-(log(1 - share) + depth) / log(1 - 2 * rate));

/** How many weights, each of which claims are made about, and the share of seeds that lies beyond their bounds. */
export interface KnownTruthOptions {
  readonly columns: number;
  readonly share: number;
}

const armOf = (at: number, limit: number): Arm => ({
  id: `w${at}`,
  label: `weight ${at}`,
  spec: {
    data: { kind: 'table', inputs: [Array.from({ length: weights }, (_, i) => (i === at ? 1 : 0))], targets: [[0]] },
    model: { kind: 'layers', input: [weights], layers: [{ kind: 'linear', features: 1, bias: false }] },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: rate },
    batchSize: 'full',
    stop: { epochs: limit, evaluated: { lossBelow: exp(-2 * depth) / weights } },
    observe: {},
  },
});

/** A claim with the outcome that is true of it, and the share of seeds beyond the bound that decides it. */
export interface KnownClaim {
  readonly id: string;
  readonly outcome: 'stands' | 'falls' | 'fallsShort' | 'open';
  readonly share: number;
  readonly test: ClaimTest;
}

function claimsOn(at: number, wanted: number): readonly KnownClaim[] {
  const x: Term = { arm: `w${at}`, reading: { kind: 'epochs' } };
  const above = (margin: number, noEffect: number): ClaimTest => ({
    ...{ kind: 'median', label: 'epochs', x, direction: 'above', margin, noEffect },
  });
  const [few, middle, many] = [exceededBy(wanted), exceededBy(0.5), exceededBy(1 - wanted)];
  return [
    { id: `takes-long-${at}`, outcome: 'stands', share: shareAbove(few), test: above(few, few / 2) },
    { id: `takes-very-long-${at}`, outcome: 'falls', share: 1 - shareAbove(many - 1), test: above(many + 20, many) },
    { id: `takes-longer-${at}`, outcome: 'fallsShort', share: 1 - shareAbove(many - 1), test: above(many, few) },
    { id: `takes-middling-${at}`, outcome: 'open', share: 0.5, test: above(middle, middle) },
    {
      ...{ id: `often-takes-long-${at}`, outcome: 'stands', share: shareAbove(few) },
      test: {
        kind: 'rate',
        label: 'seeds',
        x: { holds: x, above: few },
        direction: 'above',
        margin: 0.5,
        noEffect: 0.5,
      },
    },
  ];
}

/** All claims; the weights of a seed are independent. */
export const knownClaims = ({ columns, share }: KnownTruthOptions): readonly KnownClaim[] =>
  Array.from({ length: columns }, (_, at) => claimsOn(at, share)).flat();

/** The experiment that makes them, as coded; as written it has no test. */
export const knownTruth = (options: KnownTruthOptions): Experiment => ({
  id: 'known-truth',
  section: 'own',
  title: 'One weight',
  question: 'Is the judge right?',
  protocols: [
    {
      ...{ id: 'as-coded', note: 'See the arms.', figures: [], quantities: [] },
      presets: {
        study: {
          ...{ seeds: [1], measurements: [], note: 'See the arms.', miniature: false },
          arms: Array.from({ length: options.columns }, (_, at) => armOf(at, exceededBy(1 - options.share) + 50)),
        },
      },
    },
  ],
  claims: knownClaims(options).map(({ id, test }) => ({
    ...{ id, statement: `${id}.`, metric: 'epochs' },
    judged: { 'as-written': { noTest: 'nothing was written' }, 'as-coded': { tests: [test] } },
  })),
  disagreements: [],
});
