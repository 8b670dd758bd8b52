import { firstSamples } from '../../src/data/index.js';
import { createNetwork, inputKind, type Network } from '../../src/engine/index.js';
import { networkOf } from '../../src/engine/model-spec.js';
import { engineObjective, exactHessian, gradientNorms, symmetricEigen } from '../../src/measures/index.js';
import { measureCurvature } from '../../src/tasks/curvature-probe.js';
import { specAt } from '../state/edits.js';
import { histograms } from './histograms.js';
import { type LiveRun, stepOf } from './live-run.js';
import type { PanelData, PanelName, PanelRequest } from './protocol.js';
import { stabilityOf } from './stability.js';
import { planeOf } from './trajectory-plane.js';

/** What open panels measure of a run, by a network of their own, so that looking moves nothing of it. */
export interface Panels {
  /** The next step at which a point of a line is due; Infinity while no such panel is open. */
  nextStep(wanted: PanelRequest, step: number): number;
  /** Takes the points that are due where the run stands. */
  take(wanted: PanelRequest): void;
  /** What takes longer, while the run stands still. Returns whether something is new. */
  rest(wanted: PanelRequest): boolean;
  /** What is new since the last call. */
  data(wanted: PanelRequest): PanelData;
}

type Point = NonNullable<PanelData['points']>[number];

const overSteps: readonly PanelName[] = ['layers', 'lambdaMax'];
/** Samples times parameters up to which curvature is taken while training goes on. */
const mostWork = 2e7;
const mostSamples = 1000;
const mostExact = 400;

/** The panels of a run; `onNews` is called when something that took longer is there. */
export function createPanels(run: LiveRun, onNews: () => void): Panels {
  const { spec, trial } = run.machine;
  const stability = () => stabilityOf(specAt(spec, stepOf(run)).optimizer);
  const { train } = trial.data;
  const samples = train.inputs instanceof Uint8Array ? firstSamples(train, Math.min(train.size, mostSamples)) : train;
  const taken = new Set<string>();
  let fresh: Point[] = [];
  let slow: Pick<PanelData, 'spectrum' | 'trajectory'> = {};
  const seen = { spectrum: -1, trajectory: -1 };
  let network: Network | undefined;
  let asked = false;
  let wasAbove = false;

  /** Takes the memory when a panel is first opened. */
  const prepare = (): void => {
    if (asked) return;
    asked = true;
    const { loss, optimizer, model } = spec;
    const options = { loss, optimizer, inputs: inputKind(samples), curvature: true };
    void createNetwork(networkOf(model), options).then((made) => {
      network = made;
      onNews();
    });
  };

  return {
    nextStep({ open, every }, step) {
      const wants = open.some((name) => overSteps.includes(name));
      return wants ? (Math.floor(step / every) + 1) * every : Number.POSITIVE_INFINITY;
    },
    take({ open, every }) {
      const step = stepOf(run);
      if (step % every !== 0) return;
      const due = open.filter((name) => overSteps.includes(name) && !taken.has(`${name} ${step}`));
      if (due.length === 0) return;
      prepare();
      if (!network) return;
      const state = trial.state();
      network.setParameters(state.parameters);
      network.setOptimizerState(state.optimizer);
      for (const name of due) {
        taken.add(`${name} ${step}`);
        const lines = name === 'layers' ? layerNorms(network) : curvatures(network);
        if (name === 'lambdaMax') noteCrossing(step, lines[0]?.value);
        fresh.push(...lines.map((line) => ({ ...line, step })));
      }
    },
    rest({ open }) {
      const step = stepOf(run);
      const frames = run.machine.keyframes().length;
      let news = false;
      if (open.includes('spectrum') && seen.spectrum !== step) {
        seen.spectrum = step;
        void exactSpectrum(step).then((spectrum) => {
          slow = { ...slow, spectrum };
          onNews();
        });
      }
      if (open.includes('trajectory') && seen.trajectory !== frames) {
        seen.trajectory = frames;
        slow = { ...slow, trajectory: planeOf(run) };
        news = true;
      }
      return news;
    },
    data({ open }) {
      const points = fresh;
      fresh = [];
      return {
        ...(points.length > 0 && { points }),
        ...(open.includes('histogram') && { histogram: histograms(trial) }),
        ...(open.includes('lambdaMax') && curvatureFacts()),
        ...(open.includes('spectrum') && slow.spectrum && { spectrum: slow.spectrum }),
        ...(open.includes('trajectory') && slow.trajectory && { trajectory: slow.trajectory }),
      };
    },
  };

  /** The first point above the bound after one below is something that happened. */
  function noteCrossing(step: number, value: number | undefined): void {
    const bound = stability()?.bound;
    if (value === undefined || bound === undefined) return;
    const above = value > bound;
    if (above && !wasAbove) run.events.push({ step, kind: 'aboveBound', text: 'the curvature is above its bound' });
    wasAbove = above;
  }

  function layerNorms(placed: Network) {
    placed.gradient({ data: samples, order: null, start: 0, count: samples.size });
    const { layers } = gradientNorms(placed.gradients(), placed.parameterShapes);
    return layers.map(({ name, norm }) => ({ line: `layer ${name}`, value: norm }));
  }

  function curvatures(placed: Network) {
    const { curvature } = stability() ?? {};
    if (samples.size * placed.parameterCount > mostWork || !curvature) return [];
    const value = measureCurvature(placed, { data: samples, order: null, start: 0, count: samples.size });
    const found = value[curvature];
    return found === undefined ? [] : [{ line: 'lambdaMax', value: found }];
  }

  function curvatureFacts(): Pick<PanelData, 'bound' | 'curvature'> {
    const now = stability();
    if (!now) return { curvature: { none: `no bound is known for ${spec.optimizer.kind}` } };
    if (samples.size * run.facts.parameters > mostWork) {
      return { curvature: { none: 'this network is too large to take its curvature while it trains' } };
    }
    return { bound: now.bound, curvature: { of: now.curvature } };
  }

  async function exactSpectrum(step: number): Promise<NonNullable<PanelData['spectrum']>> {
    if (run.facts.parameters > mostExact) {
      return {
        none: `is taken of networks with at most ${mostExact} parameters, this one has ${run.facts.parameters}`,
      };
    }
    try {
      const { parameters } = trial.state();
      const objective = await engineObjective(networkOf(spec.model), samples, spec.loss);
      const { matrix } = exactHessian(objective, Float64Array.from(parameters));
      return { step, values: [...symmetricEigen(matrix, parameters.length).values] };
    } catch (error) {
      return { none: error instanceof Error ? error.message : String(error) };
    }
  }
}
