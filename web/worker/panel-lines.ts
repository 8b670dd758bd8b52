import { createNetwork, inputKind, type Network } from '../../src/engine/index.js';
import { networkOf } from '../../src/engine/model-spec.js';
import { gradientNorms } from '../../src/measures/index.js';
import { measureCurvature } from '../../src/tasks/curvature-probe.js';
import { specAt } from '../state/edits.js';
import { type LiveRun, stepOf } from './live-run.js';
import type { PanelData, PanelName, PanelRequest } from './protocol.js';
import { type Stability, stabilityOf } from './stability.js';

/** The panels that are lines over steps. */
export interface LinesPanels {
  /**
   * The next step at which a point of a line is due; Infinity while no such panel is open, and this step again while
   * what takes its point is not there yet.
   */
  nextStep(wanted: PanelRequest, step: number): number;
  /** Takes the points that are due where the run stands. */
  take(wanted: PanelRequest): void;
  /** Points since the last call, and what is to be known of the curvature. */
  data(open: readonly PanelName[]): Pick<PanelData, 'points' | 'bound' | 'curvature'>;
}

type Point = NonNullable<PanelData['points']>[number];
type Reading = Omit<Point, 'step'>;

const overSteps: readonly PanelName[] = ['layers', 'lambdaMax'];
/** Samples times parameters up to which curvature is taken while training goes on. */
const mostWork = 2e7;

/** The lines of a run; `onNews` is called when their network is there. */
export function createLines(run: LiveRun, onNews: () => void): LinesPanels {
  const network = networkOnDemand(run, onNews);
  const taken = new Set<string>();
  const noteCrossing = crossingWatch(run);
  let fresh: Point[] = [];
  return {
    nextStep({ open, every }, step) {
      const wants = open.some((name) => overSteps.includes(name));
      if (wants && step % every === 0 && network.isComing()) return step;
      return wants ? (Math.floor(step / every) + 1) * every : Number.POSITIVE_INFINITY;
    },
    take({ open, every }) {
      const step = stepOf(run);
      if (step % every !== 0) return;
      const due = open.filter((name) => overSteps.includes(name) && !taken.has(`${name} ${step}`));
      const placed = due.length === 0 ? undefined : network.placed();
      if (!placed) return;
      for (const name of due) {
        taken.add(`${name} ${step}`);
        const lines = name === 'layers' ? layerNorms(run, placed) : curvatures(run, placed);
        if (name === 'lambdaMax') noteCrossing(step, lines[0]?.value);
        fresh.push(...lines.map((line) => ({ ...line, step })));
      }
    },
    data(open) {
      const points = fresh;
      fresh = [];
      return { ...(points.length > 0 && { points }), ...(open.includes('lambdaMax') && curvatureFacts(run)) };
    },
  };
}

/** A network with the weights of a run; its memory is taken when it is first asked for. */
function networkOnDemand(run: LiveRun, onNews: () => void) {
  const { spec, trial } = run.machine;
  let network: Network | undefined;
  let state: 'none' | 'coming' | 'settled' = 'none';
  const prepare = async (): Promise<void> => {
    const { loss, optimizer, model } = spec;
    const options = { loss, optimizer, inputs: inputKind(run.measured), curvature: true };
    try {
      network = await createNetwork(networkOf(model), options);
    } finally {
      state = 'settled';
      onNews();
    }
  };
  const ask = (): void => {
    if (state !== 'none') return;
    state = 'coming';
    void prepare();
  };
  return {
    isComing(): boolean {
      ask();
      return state === 'coming';
    },
    placed(): Network | undefined {
      ask();
      if (!network) return undefined;
      const { parameters, optimizer } = trial.state();
      network.setParameters(parameters);
      network.setOptimizerState(optimizer);
      return network;
    },
  };
}

const stabilityNow = (run: LiveRun): Stability | undefined =>
  stabilityOf(specAt(run.machine.spec, stepOf(run)).optimizer);

/** The first point above the bound after one below is something that happened. */
function crossingWatch(run: LiveRun): (step: number, value: number | undefined) => void {
  let wasAbove = false;
  return (step, value) => {
    const bound = stabilityNow(run)?.bound;
    if (value === undefined || bound === undefined) return;
    // Where a network explodes its curvature is no number any more.
    const above = !(value <= bound);
    if (above && !wasAbove) run.events.push({ step, kind: 'aboveBound', text: 'the curvature is above its bound' });
    wasAbove = above;
  };
}

const allOf = ({ measured }: LiveRun) => ({ data: measured, order: null, start: 0, count: measured.size });

function layerNorms(run: LiveRun, placed: Network): readonly Reading[] {
  placed.gradient(allOf(run));
  const { layers } = gradientNorms(placed.gradients(), placed.parameterShapes);
  return layers.map(({ name, norm }) => ({ line: `layer ${name}`, value: norm }));
}

const isTooLarge = (run: LiveRun): boolean => run.measured.size * run.facts.parameters > mostWork;

function curvatures(run: LiveRun, placed: Network): readonly Reading[] {
  const { curvature } = stabilityNow(run) ?? {};
  if (isTooLarge(run) || !curvature) return [];
  const value = curvatureOf(placed, run, curvature);
  return value === undefined ? [] : [{ line: 'lambdaMax', value }];
}

/**
 * NaN where a network explodes, so that its products are no numbers; undefined where there is none, as that of Adam's
 * scaling before the first step.
 */
function curvatureOf(placed: Network, run: LiveRun, curvature: Stability['curvature']): number | undefined {
  try {
    return measureCurvature(placed, allOf(run))[curvature];
  } catch (error) {
    if (error instanceof RangeError) return Number.NaN;
    throw error;
  }
}

function curvatureFacts(run: LiveRun): Pick<PanelData, 'bound' | 'curvature'> {
  const now = stabilityNow(run);
  if (!now)
    return { curvature: { none: `No bound is known for ${run.machine.spec.optimizer.kind}: try SGD or Adam.` } };
  if (isTooLarge(run)) {
    return { curvature: { none: 'This network is too large to take its curvature while it trains: try fewer units.' } };
  }
  return { bound: now.bound, curvature: { of: now.curvature } };
}
