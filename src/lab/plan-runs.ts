import { SpecError, UserError } from '../base/errors.js';
import { type Experiment, type Protocol, protocolOf, withBugs } from '../study/experiment.js';
import type { PresetName, ProtocolId } from '../study/names.js';
import { type PlannedTask, tasksOf } from '../study/plan.js';
import { parseTrialSpec } from '../tasks/schema/trial-schema.js';
import { applySettings, type Setting } from '../tasks/settings.js';
import { parseTaskSpec, type TaskSpec } from '../tasks/task.js';
import type { TrialSpec } from '../tasks/trial-spec.js';
import type { RunRecord, RunTask } from './record.js';
import { idOf, type Task } from './task.js';

/** An experiment to run, and the file that it is from if it is the user's own. */
export interface ChosenExperiment {
  readonly experiment: Experiment;
  readonly source?: string;
}

/** What is to be run of the experiments. */
export interface PlanRequest {
  readonly preset: PresetName;
  /** `all`: every protocol that has the preset. */
  readonly protocol: ProtocolId | 'all';
  /** Default: the preset's own. */
  readonly seeds?: readonly number[];
  /** Rounding twins of every trial that starts from drawn values. Default: the preset's own. */
  readonly twins?: number;
  /** Changes of every trial, and switches of bugs (`bugs.name=false`). */
  readonly settings: readonly Setting[];
}

/** The tasks of one protocol of one experiment. */
export interface PlannedRun extends ChosenExperiment {
  readonly protocol: Protocol;
  readonly tasks: readonly PlannedTask[];
}

/**
 * All tasks of some experiments' preset, under each protocol that has it, changed by the settings, checked and
 * identified.
 * @throws SpecError if a setting makes a spec invalid, or switches a bug that no chosen protocol has; UserError if
 * there is nothing to run
 */
export function planRuns(chosen: readonly ChosenExperiment[], request: PlanRequest): readonly PlannedRun[] {
  const { settings, preset, protocol: choice } = request;
  const candidates = chosen.flatMap((each) => protocolsOf(each, request).map((protocol) => ({ ...each, protocol })));
  if (candidates.length === 0) {
    const names = chosen.map(({ experiment }) => experiment.id).join(', ');
    throw new UserError(`run: expected something of preset ${preset}, protocol ${choice} in ${names}, got none`);
  }
  const switches = bugSwitches(settings);
  requireKnown(switches, candidates);
  const change = changeBy(settings.filter(({ path }) => path[0] !== 'bugs'));
  const identify = rememberedIds();
  return candidates.map((candidate) => {
    const own = Object.fromEntries(
      Object.entries(switches).filter(([name]) => name in (candidate.protocol.bugs ?? {})),
    );
    const protocol = withBugs(candidate.protocol, own);
    const { seeds, twins = protocol.presets[preset]?.twins ?? 0 } = request;
    const options = { identify, change, twins, ...(seeds && { seeds }) };
    const tasks = tasksOf(candidate.experiment, protocol, preset, options);
    for (const { spec } of tasks) parseTaskSpec(spec);
    return { ...candidate, protocol, tasks };
  });
}

function protocolsOf({ experiment }: ChosenExperiment, { preset, protocol }: PlanRequest): readonly Protocol[] {
  const named = protocol === 'all' ? experiment.protocols : [protocolOf(experiment, protocol)];
  return named.flatMap((found) => (found?.presets[preset] ? [found] : []));
}

/** `bugs.name=true` and the like; whether the values are true or false is the protocol's to say. */
function bugSwitches(settings: readonly Setting[]): Readonly<Record<string, boolean>> {
  const switches = settings.filter(({ path }) => path[0] === 'bugs');
  const odd = switches.find(({ path }) => path.length !== 2);
  if (odd) throw new SpecError(`--set ${odd.text}`, 'expected bugs.NAME=true or bugs.NAME=false');
  return Object.fromEntries(switches.map(({ path, value }) => [String(path[1]), value as boolean]));
}

function requireKnown(
  switches: Readonly<Record<string, boolean>>,
  runs: readonly { readonly protocol: Protocol }[],
): void {
  for (const [name, value] of Object.entries(switches)) {
    const protocol = runs.map((run) => run.protocol).find(({ bugs = {} }) => name in bugs);
    const known = Object.assign({}, ...runs.map((run) => run.protocol.bugs));
    withBugs(protocol ?? { ...runs[0]!.protocol, bugs: known }, { [name]: value });
  }
}

/** A change makes a spec that must be valid before it is identified. */
function changeBy(settings: readonly Setting[]): (spec: TrialSpec) => TrialSpec {
  return settings.length === 0 ? (spec) => spec : (spec) => parseTrialSpec(applySettings(spec, settings));
}

function rememberedIds(): (spec: TaskSpec) => string {
  const ids = new WeakMap<TaskSpec, string>();
  return (spec) => {
    const id = ids.get(spec) ?? idOf(spec);
    ids.set(spec, id);
    return id;
  };
}

/** Each task once, though two experiments may ask for the same. */
export function tasksToRun(runs: readonly PlannedRun[]): readonly Task[] {
  return [...new Map(runs.flatMap(({ tasks }) => tasks).map(({ id, spec }) => [id, { id, spec }])).values()];
}

/** What the store keeps of a run. */
export function runRecord(
  { experiment, source, protocol, tasks }: PlannedRun,
  preset: PresetName,
  settings: readonly string[],
): RunRecord {
  const of = (kind: PlannedTask['kind']): readonly RunTask[] =>
    tasks
      .filter((task) => task.kind === kind)
      .map((task) => {
        const { arm, seed, id, twin } = task;
        return twin === undefined ? { arm, seed, id } : { arm, seed, twin, id };
      });
  return {
    experiment: experiment.id,
    protocol: protocol.id,
    preset,
    ...(source !== undefined && { source }),
    settings: settings.filter((text) => appliesTo(text, protocol)),
    trials: of('trial'),
    measurements: of('measurement'),
  };
}

/** A switch belongs to the protocols that have it alone. */
function appliesTo(setting: string, { bugs = {} }: Experiment['protocols'][number]): boolean {
  const name = /^bugs\.(\w+)=/.exec(setting)?.[1];
  return name === undefined || name in bugs;
}
