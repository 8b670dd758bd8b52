import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { withStroke } from '../state/drawn-points.js';
import { branchSpec, specAt, withEdits, withValue } from '../state/edits.js';
import type { Lab } from '../state/lab.js';
import { firstSpec, presets } from '../state/presets.js';
import type { RunView } from '../state/run-view.js';
import { withData } from '../state/specs.js';

/** What the controls of Play do. */
export interface PlayState {
  readonly spec: ReadonlySignal<TrialSpec>;
  readonly preset: Signal<string>;
  readonly choosePreset: (id: string) => void;
  readonly takeSpec: (spec: TrialSpec) => void;
  readonly edit: (path: string, value: number | 'full') => void;
  readonly nextSeed: () => void;
  readonly branchHere: () => void;
  /** Takes a stroke into the points of one's own. */
  readonly drawPoints: (stroke: readonly (readonly [number, number])[]) => void;
}

/** The state of Play over a lab. */
export function usePlay(lab: Lab): PlayState {
  return useMemo(() => playOver(lab), [lab]);
}

function playOver(lab: Lab): PlayState {
  const preset = signal(presets[0]!.id);
  const spec = {
    get value() {
      return effectiveSpec(lab) ?? firstSpec;
    },
  } as ReadonlySignal<TrialSpec>;

  const open = (next: TrialSpec): void => {
    const keepOld = (lab.active.value?.place.value.head ?? 0) > 0;
    lab.open(next, { keepOld });
  };
  const play: PlayState = {
    spec,
    preset,
    choosePreset(id) {
      const chosen = presets.find((one) => one.id === id);
      preset.value = id;
      if (!chosen) return;
      lab.openPanels.value = chosen.panels ?? [];
      lab.pace.value = chosen.pace ?? 0;
      open(chosen.spec);
    },
    takeSpec(next) {
      preset.value = '';
      open(withEdits(next, []));
    },
    edit(path, value) {
      const view = lab.active.value;
      const step = view?.place.value.step ?? 0;
      const ended = view?.outcome.value?.steps === step;
      if (!view || step === 0 || ended) {
        play.takeSpec(withValue(spec.value, path, value));
        return;
      }
      const playing = view.place.value.playing;
      // A branch that has taken no step of its own yet is another try of the same change.
      const parent = view.parent?.atStep === step && view.place.value.head === step ? parentOf(lab, view) : undefined;
      lab.branch(parent ?? view, step, branchSpec(view.spec, step, { path, value }));
      if (parent) lab.remove(view);
      if (playing) lab.play();
    },
    nextSeed() {
      const playing = lab.active.value?.place.value.playing ?? false;
      play.takeSpec({ ...spec.value, seed: (spec.value.seed + 1) % 2 ** 32 });
      if (playing) lab.play();
    },
    branchHere() {
      const view = lab.active.value;
      const place = view?.place.value;
      const ended = view?.outcome.value?.steps === place?.step;
      if (view?.facts.value && place && place.step > 0 && !ended) lab.branch(view, place.step, view.spec);
    },
    drawPoints(stroke) {
      const { data } = spec.value;
      const targets = data.kind === 'table' && data.targets;
      if (data.kind !== 'table' || !targets) return;
      const points = data.inputs.map((row, i) => [row[0]!, targets[i]![0]!] as const);
      const xs = points.map(([x]) => x);
      const drawn = withStroke(points, stroke, Math.max(...xs) - Math.min(...xs) || 1);
      play.takeSpec(
        withData(spec.value, { ...data, inputs: drawn.map(([x]) => [x]), targets: drawn.map(([, y]) => [y]) }),
      );
    },
  };
  return play;
}

const parentOf = (lab: Lab, { parent }: RunView): RunView | undefined =>
  lab.runs.value.find(({ key }) => key === parent?.key);

/** The active run's spec as it is now. */
function effectiveSpec(lab: Lab): TrialSpec | undefined {
  const view = lab.active.value;
  return view && specAt(view.spec, view.place.value.step);
}
