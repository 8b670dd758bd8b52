import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { withStroke } from '../state/drawn-points.js';
import { branchSpec, sinceEdit, specAt, withEdits, withValue } from '../state/edits.js';
import type { Lab } from '../state/lab.js';
import { usualState } from '../state/link.js';
import { firstSpec, presetOf, presets } from '../state/presets.js';
import type { RunView } from '../state/run-view.js';
import { withData } from '../state/specs.js';
import { withPoint } from '../state/table.js';

type Point = readonly [number, number];

/** What the controls of Play do. */
export interface PlayState {
  /** The spec of the run that is shown, as its next step takes it. */
  readonly spec: ReadonlySignal<TrialSpec>;
  /** The id of the preset that it is; empty where it is none. */
  readonly preset: ReadonlySignal<string>;
  readonly choosePreset: (id: string) => void;
  /** Starts a run of its own, and keeps the one before where that was trained. */
  readonly takeSpec: (spec: TrialSpec) => void;
  /** Changes a field: from here on, as a branch, once steps were taken. */
  readonly edit: (path: string, value: number | 'full') => void;
  /** Moves one parameter by units in the last place, as a branch. */
  readonly nudge: (place: number, units: number) => void;
  /** Goes back from where a run diverged, and on from there with a lower rate. */
  readonly lowerRate: () => void;
  readonly nextSeed: () => void;
  readonly branchHere: () => void;
  /** Takes a stroke into the points of one's own. */
  readonly drawPoints: (stroke: readonly Point[]) => void;
  /** Takes a point of a class into the points of one's own. */
  readonly placePoint: (at: Point, label: number, span: number) => void;
}

/** The state of Play over a lab. */
export function usePlay(lab: Lab): PlayState {
  return useMemo(() => playOver(lab), [lab]);
}

function playOver(lab: Lab): PlayState {
  // Of the last edit and not of the step, which changes with every frame.
  const since = computed(() => sinceLastEdit(lab.active.value));
  const spec = computed(() => (lab.active.value ? specAt(lab.active.value.spec, since.value) : firstSpec));
  const take = (next: TrialSpec): void => takeSpec(lab, next);
  return {
    spec,
    preset: computed(() => presetOf(spec.value)?.id ?? ''),
    choosePreset: (id) => choosePreset(lab, id),
    takeSpec: take,
    edit: (path, value) => edit(lab, path, value),
    nudge: (place, units) => branchWith(lab, `parameters[${place}]`, units),
    lowerRate: () => lowerRate(lab),
    nextSeed() {
      const playing = lab.active.value?.place.value.playing ?? false;
      take({ ...spec.value, seed: (spec.value.seed + 1) % 2 ** 32 });
      if (playing) lab.play();
    },
    branchHere() {
      const view = standing(lab);
      const step = view?.place.value.step ?? 0;
      if (view?.facts.value && step > 0) lab.branch(view, step, view.spec);
    },
    drawPoints(stroke) {
      const data = drawn(spec.value.data, stroke);
      if (data) take(withData(spec.value, data));
    },
    placePoint(at, label, span) {
      const { data } = spec.value;
      if (data.kind === 'table' && data.labels) take(withData(spec.value, withPoint(data, at, label, span)));
    },
  };
}

/** The run that is shown, where steps can follow it. */
function standing({ active }: Lab): RunView | undefined {
  const view = active.value;
  const ended = view?.outcome.value !== undefined && view.outcome.value.steps === view.place.value.step;
  return view && !view.problem.value && !ended ? view : undefined;
}

function open(lab: Lab, spec: TrialSpec): void {
  const keepOld = (lab.active.value?.place.value.head ?? 0) > 0;
  lab.open(spec, { keepOld });
}

const takeSpec = (lab: Lab, spec: TrialSpec): void => open(lab, withEdits(spec, []));

function choosePreset(lab: Lab, id: string): void {
  const chosen = presets.find((one) => one.id === id);
  if (!chosen) return;
  lab.openPanels.value = chosen.panels ?? [];
  lab.panelEvery.value = chosen.every ?? usualState.every;
  lab.pace.value = chosen.pace ?? 0;
  open(lab, chosen.spec);
}

function edit(lab: Lab, path: string, value: number | 'full'): void {
  const view = standing(lab);
  if (view && view.place.value.step > 0) branchWith(lab, path, value);
  else takeSpec(lab, withValue(effectiveSpec(lab) ?? firstSpec, path, value));
}

function branchWith(lab: Lab, path: string, value: number | 'full'): void {
  const view = standing(lab);
  if (!view?.facts.value) return;
  const { step, playing, head } = view.place.value;
  // A branch that has taken no step of its own yet is another try of the same change.
  const parent = view.parent?.atStep === step && head === step ? parentOf(lab, view) : undefined;
  lab.branch(parent ?? view, step, branchSpec(view.spec, step, { path, value }));
  if (parent) lab.remove(view);
  if (playing) lab.play();
}

/** What is worth a try after a run that diverged: from where on, and with which rate. */
export function wayOn({ spec, outcome }: RunView): { readonly step: number; readonly rate: number } {
  const steps = outcome.value?.steps ?? 0;
  const step = Math.max(0, steps - Math.max(20, Math.ceil(steps / 10)));
  // Where it went wrong at once half of it will not do.
  return { step, rate: specAt(spec, step).optimizer.learningRate / (step === 0 ? 10 : 2) };
}

function lowerRate(lab: Lab): void {
  const view = lab.active.value;
  if (!view?.outcome.value) return;
  const { step, rate } = wayOn(view);
  lab.branch(view, step, branchSpec(view.spec, step, { path: 'optimizer.learningRate', value: rate }));
  lab.play();
}

function drawn(data: TrialSpec['data'], stroke: readonly Point[]): TrialSpec['data'] | undefined {
  const targets = data.kind === 'table' && data.targets;
  if (data.kind !== 'table' || !targets) return undefined;
  const points = data.inputs.map((row, i) => [row[0]!, targets[i]![0]!] as const);
  const xs = points.map(([x]) => x);
  const next = withStroke(points, stroke, Math.max(...xs) - Math.min(...xs) || 1);
  const test = data.test && { ...data.test, size: Math.min(data.test.size, next.length - 1) };
  return { ...data, inputs: next.map(([x]) => [x]), targets: next.map(([, y]) => [y]), ...(test && { test }) };
}

const parentOf = (lab: Lab, { parent }: RunView): RunView | undefined =>
  lab.runs.value.find(({ key }) => key === parent?.key);

const sinceLastEdit = (view: RunView | undefined): number => (view ? sinceEdit(view.spec, view.place.value.step) : 0);

/** The active run's spec as it is now. */
function effectiveSpec(lab: Lab): TrialSpec | undefined {
  const view = lab.active.value;
  return view && specAt(view.spec, view.place.value.step);
}
