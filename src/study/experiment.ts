import { SpecError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { MeasureSpec } from '../tasks/measurement-spec.js';
import type { TrialSpec } from '../tasks/trial-spec.js';
import type { Claim } from './claim.js';
import type { Figure } from './figure.js';
import type { PresetName, ProtocolId } from './names.js';
import type { Reading } from './reading.js';

interface ArmBase {
  readonly id: string;
  readonly label: string;
  /** What the arms of an experiment differ in, as numbers for an axis: `parameters`, `batchSize`, `alpha` ... */
  readonly numbers?: Readonly<Record<string, number>>;
  /** Arms of one group are many of a kind (31 points of one curve): a table may show them as one. */
  readonly group?: string;
}

/**
 * One configuration that is compared with others: a trial without its seed. `init.from` names other arms by their
 * ids, of the same seed.
 */
export interface Arm extends ArmBase {
  readonly spec: Omit<TrialSpec, 'seed'>;
  /**
   * Fields of the spec that take the trial's own seed, as paths (`data.labels.seed`), so that what they draw is drawn
   * anew with each seed. Default none.
   */
  readonly follows?: readonly string[];
  /** Rounding twins at most. Default: as many as the preset or `--twins` has. */
  readonly mostTwins?: number;
}

/**
 * One measurement of each seed. `of` names arms by their ids: their trials of the same seed or, with `acrossSeeds`,
 * of all seeds (arm by arm), once.
 */
export interface MeasurementArm extends ArmBase {
  readonly measure: MeasureSpec;
  readonly of: readonly string[];
  /** Default false. */
  readonly acrossSeeds?: boolean;
}

/** What one preset runs: every arm from every seed, and what is measured of them. */
export interface Preset {
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
  readonly measurements: readonly MeasurementArm[];
  /**
   * Rounding twins of each trial, where a statement rests on what rounding alone decides; `--twins` says otherwise.
   * Default 0. What is judged has none.
   */
  readonly twins?: number;
  /** What this preset changes, and what may be read from it. */
  readonly note: string;
  /** True if its sizes are below the original's: its numbers are not expected to be met, and no verdict counts. */
  readonly miniature: boolean;
}

/** A measured number beside the one that was reported. */
export interface Quantity {
  readonly id: string;
  readonly label: string;
  readonly reading: Reading;
  /** Arms, of trials or of measurements, that it is taken of. Default: all arms of trials. */
  readonly arms?: readonly string[];
  /** Values are shares that are shown as percent; differences are then in points. Default false. */
  readonly percent?: boolean;
  /** Decimals shown. */
  readonly decimals: number;
  /** Shown on the first screen as well. Default false. */
  readonly headline?: boolean;
  /** Reported values by arm, in the unit that is shown. An arm that is not named was not reported. */
  readonly reported: Readonly<Record<string, { readonly value: number; readonly note?: string }>>;
  /** Where the reported values are from. */
  readonly source: string;
}

/** A fault of the original code that made a reported number or figure, and that can be switched. */
export interface Bug {
  readonly about: string;
  /** The disagreement that describes it, `D36`. */
  readonly disagreement?: string;
  /** Whether the protocol as it stands has it. */
  readonly standard: boolean;
}

/** One way to run an experiment. */
export interface Protocol {
  readonly id: ProtocolId;
  /** What the trials do, and on whose authority. */
  readonly note: string;
  readonly presets: Readonly<Partial<Record<PresetName, Preset>>>;
  readonly figures: readonly Figure[];
  readonly quantities: readonly Quantity[];
  /** Switches, by name: `--set bugs.NAME=false`. */
  readonly bugs?: Readonly<Record<string, Bug>>;
  /** The protocol with its switches set, each of `bugs` by its name. */
  readonly withBugs?: (bugs: Readonly<Record<string, boolean>>) => Protocol;
}

/** A point at which the original's text, its code and its figures do not say the same. */
export interface Disagreement {
  readonly id: string;
  readonly about: string;
  readonly written: string;
  readonly coded: string;
  /** What follows for the reader; left out where it speaks for itself. */
  readonly consequence?: string;
  /** Ids of the quantities that measure the difference: their values under each protocol are shown beside it. */
  readonly quantities?: readonly string[];
}

/** A question, the trials that answer it, how the answer is shown and what is claimed. It never knows who runs it. */
export interface Experiment {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly question: string;
  /** The one that made the reported numbers first. */
  readonly protocols: readonly Protocol[];
  readonly claims: readonly Claim[];
  readonly disagreements: readonly Disagreement[];
}

/** A protocol of an experiment; undefined if it has none of that name. */
export function protocolOf(experiment: Experiment, id: ProtocolId): Protocol | undefined {
  return experiment.protocols.find((protocol) => protocol.id === id);
}

/**
 * A protocol with some of its bugs switched: its arms, figures and quantities as they follow from that.
 * Without changes it is the protocol itself.
 * @throws SpecError if it has no bug of a name; it names the nearest
 */
export function withBugs(protocol: Protocol, changes: Readonly<Record<string, boolean>>): Protocol {
  const known = protocol.bugs ?? {};
  for (const [name, value] of Object.entries(changes)) checkSwitch(name, value, protocol);
  if (protocol.withBugs === undefined || Object.keys(changes).length === 0) return protocol;
  return protocol.withBugs({ ...standardSwitches(known), ...changes });
}

/** The switches of bugs as the protocol has them that stands. */
export const standardSwitches = (bugs: Readonly<Record<string, Bug>>): Readonly<Record<string, boolean>> =>
  Object.fromEntries(Object.entries(bugs).map(([name, { standard }]) => [name, standard]));

function checkSwitch(name: string, value: unknown, { id, bugs = {} }: Protocol): void {
  const names = Object.keys(bugs);
  if (!names.includes(name)) {
    const known = names.join(', ') || 'it has none';
    throw new SpecError(`bugs.${name}`, `expected a switch of protocol ${id} (${known})${didYouMean(name, names)}`);
  }
  if (typeof value !== 'boolean') throw new SpecError(`bugs.${name}`, `expected true or false, got ${value}`);
}
