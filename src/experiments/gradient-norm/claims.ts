import type { Claim, ClaimTest, Term } from '../../study/claim.js';
import type { Reading } from '../../study/reading.js';
import { at, claim, holds, median, rate, term } from '../../study/vocabulary/index.js';
import { arm, edgeOfStability } from './arms.js';
import { edge, epochsNear, lateAfter, spike, spikes, spikesNear } from './spikes.js';

const measured = (reading: Reading): Term => term(arm, reading);
const slope = (from: number, until?: number): Term =>
  measured({ kind: 'logSlope', metric: 'loss', from, ...(until !== undefined && { until }) });

const early = 200;
const fallsEarly: readonly ClaimTest[] = [
  median(
    {
      ratio: [measured(at('gradNorm', early)), measured({ kind: 'max', metric: 'gradNorm', until: early - 1 })],
    },
    `gradient norm at ${early} / its largest before`,
  ).below(0.1, 1),
];

const bend = 400;
const plateaus: readonly ClaimTest[] = [
  median({ ratio: [slope(bend + 1), slope(1, bend)] }, `slope of log loss after ${bend} / before ${bend}`).below(
    0.33,
    1,
  ),
];

const most = 0.9;
const spikesLate: readonly ClaimTest[] = [
  rate(holds(measured(spikes), { above: 0 }), `share of seeds with a spike after epoch ${lateAfter}`).above(most, 0.5),
];
const spikesAtEdge: ClaimTest = median(
  { difference: [measured(spikesNear), measured(epochsNear)] },
  'share of spikes near a crossing less share of all epochs near one',
).above(0);

/** What is claimed of the gradient while the loss falls. */
export const claims: readonly Claim[] = [
  claim({
    id: 'gradient-falls-early',
    statement: `The gradient norm falls drastically until about epoch ${early}.`,
    metric: `norm at epoch ${early} / largest norm before`,
    judged: { 'as-coded': { tests: fallsEarly }, 'as-intended': { tests: fallsEarly } },
  }),
  claim({
    id: 'loss-plateaus-late',
    statement: `The loss falls fast until epoch ${bend}, then plateaus.`,
    metric: `slope of log loss after epoch ${bend} / before (least squares)`,
    judged: { 'as-coded': { tests: plateaus }, 'as-intended': { tests: plateaus } },
  }),
  claim({
    id: 'gradient-spikes-late',
    statement: 'The gradient norm rises about epoch 900 and again later.',
    metric:
      `share of seeds with a norm above ${spike.above} times the running median (${spike.window} epochs) after epoch ` +
      `${lateAfter}; as intended, also that these spikes come within ${edge.within} epochs of a crossing of ` +
      `${edgeOfStability.text} by Adam's curvature more often than epochs at random`,
    judged: { 'as-coded': { tests: spikesLate }, 'as-intended': { tests: [...spikesLate, spikesAtEdge] } },
  }),
];
