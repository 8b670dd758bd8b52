import type { Claim, ClaimTest } from '../../study/claim.js';
import type { Experiment, Protocol } from '../../study/experiment.js';
import { type PlannedTask, tasksOf } from '../../study/plan.js';
import {
  claimDigits,
  conjunction,
  type Decision,
  decisionOf,
  entryOf,
  type Family,
  fewestToCome,
  intervalOf,
  type JudgedPart,
  judgeValues,
  type LedgerRow,
  type PartVerdict,
  partsUnder,
  placeEvidence,
  type RegisterEntry,
  type SeedValue,
  secondsOf,
  seedsAUnit,
  seedsOfVersion,
  seedsToCome,
  unitsOf,
  type Verdict,
  valuesOf,
  verdictOf,
} from '../../verdicts/index.js';
import { idOf } from '../task.js';

/** A part of a claim that is being studied: its place, and what that has seen. */
export interface StudiedPart {
  readonly part: JudgedPart;
  readonly entry: RegisterEntry;
  readonly values: SeedValue[];
}

/** A claim under one protocol that is being studied. */
export interface StudiedClaim {
  readonly experiment: Experiment;
  readonly protocol: Protocol;
  readonly claim: Claim;
  readonly parts: readonly StudiedPart[];
}

/** A claim as a family's ledger has it; undefined where a part of it is not registered. */
export function studiedClaim(
  experiment: Experiment,
  claim: Claim,
  protocol: Protocol,
  family: Family,
): StudiedClaim | undefined {
  const parts = partsUnder(experiment, claim, protocol.id).map((part) => {
    const entry = entryOf(family.register, part);
    const rows: readonly LedgerRow[] = entry === undefined ? [] : valuesOf(entry, family.rows);
    return { part, entry, values: rows.map(({ seed, x, y }) => ({ seed, x, ...(y && { y }) })) };
  });
  const registered = parts.flatMap(({ entry, ...rest }) => (entry ? [{ ...rest, entry }] : []));
  return registered.length < parts.length ? undefined : { experiment, protocol, claim, parts: registered };
}

/** The verdict on a part as it stands. */
export const partVerdict = ({ part, entry, values }: StudiedPart, secondsASeed = secondsOf(part)): PartVerdict =>
  judgeValues(part.test, values, { evidence: placeEvidence, place: entry.place, hash: entry.hash, secondsASeed });

/** The verdict on a claim as it stands. */
export function claimVerdict({ claim, protocol, parts }: StudiedClaim): Verdict {
  const { date, version } = parts[0]!.entry;
  return verdictOf(
    claim,
    protocol.id,
    parts.map((part) => partVerdict(part)),
    { registered: date, version },
  );
}

/** A part as it stands: what it comes to, and the test that more seeds are to settle. */
interface Standing {
  readonly part: StudiedPart;
  readonly decision: Decision;
  readonly target: ClaimTest | undefined;
}

function standingOf(part: StudiedPart): Standing {
  const { test } = part.part;
  const units = unitsOf(test, part.values);
  const range = intervalOf(test, units, placeEvidence);
  const decision = decisionOf(test, range);
  if (decision !== 'fallsShort' || test.kind === 'band')
    return { part, decision, target: decision === 'open' ? test : undefined };
  // What falls short may fall, or be real: worth as many seeds again, no more.
  const settling = { ...test, margin: test.noEffect };
  const isSettled = range.low > test.noEffect || range.high < test.noEffect;
  const seeds = part.values.length;
  const [least] = isSettled ? [seeds + 1] : seedsToCome(settling, units, { evidence: placeEvidence, seeds });
  return { part, decision, target: least <= seeds ? settling : undefined };
}

/** A part that wants more seeds, with the test that these are to settle. */
export interface OpenPart extends StudiedPart {
  readonly target: ClaimTest;
}

/**
 * The parts that want the next seed: none once the claim is decided. One that falls short, so that it is not known
 * whether it falls or is real, wants more where as many again would settle that.
 */
export function openParts({ parts }: StudiedClaim): readonly OpenPart[] {
  const standing = parts.map(standingOf);
  const joint = conjunction(standing.map(({ decision }) => decision));
  if (joint === 'stands' || joint === 'falls') return [];
  const open = standing.flatMap(({ part, decision, target }) =>
    target !== undefined && (joint === 'open' || decision === 'fallsShort') ? [{ ...part, target }] : [],
  );
  const fewest = Math.min(...open.map(({ values }) => values.length));
  return open.filter(({ values }) => values.length === fewest);
}

/** The seed that a part takes next; undefined where its block of seeds has no other. */
export function nextSeed({ entry, values }: StudiedPart): number | undefined {
  return values.length < seedsOfVersion ? entry.seeds.from + values.length : undefined;
}

/** The fewest more seeds with which a part could be decided. */
export function fewestSeeds({ part, values, target }: OpenPart): number {
  const units = unitsOf(part.test, values);
  const each = seedsAUnit(part.test, units.length, values.length);
  return Math.ceil(fewestToCome(target, units, placeEvidence) * each);
}

/** What more seeds a part is expected to take; `most` where that has no end. */
export function expectedSeeds({ part, values, target }: OpenPart, most: number): number {
  const units = unitsOf(part.test, values);
  const [low, high = most] = seedsToCome(target, units, { evidence: placeEvidence, seeds: values.length });
  // With fewer units than could decide alone next to nothing is known of the share.
  return units.length < fewestToCome(target, [], placeEvidence) ? low : Math.sqrt(low * Math.max(low, high));
}

/** The tasks that give a part its values of some seeds. */
export function tasksOfPart({ part }: StudiedPart, seeds: readonly number[]): readonly PlannedTask[] {
  const { experiment, protocol, preset } = part;
  const restricted = { ...protocol, presets: { study: preset } };
  return seeds.length === 0 ? [] : tasksOf(experiment, restricted, 'study', { seeds, identify: idOf });
}

/** A row of the ledger. */
export function rowOf(
  { entry }: StudiedPart,
  value: SeedValue,
  tasks: readonly (readonly [id: string, hash: string])[],
) {
  const row: LedgerRow = {
    ...value,
    place: entry.place,
    claim: entry.definitionHash.slice(0, claimDigits),
    tasks: tasks.map(([id]) => id),
    results: tasks.map(([, hash]) => hash),
  };
  return row;
}
