import { SpecError } from '../../base/errors.js';
import { groupBy } from '../../base/group-by.js';
import type { Claim } from '../../study/claim.js';
import { presetSeconds } from '../../study/estimate.js';
import type { Experiment } from '../../study/experiment.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import { evidenceOf, judgeValues, noTestVerdict, verdictOf } from '../judge.js';
import { type JudgedPart, partsUnder } from '../register/definition.js';
import { type RegisterEntry, registerPlaces, seedsOfVersion } from '../register/register.js';
import type { SeedValue } from '../units.js';
import type { PartVerdict, Verdict } from '../verdict.js';
import { claimDigits, type LedgerRow } from './ledger.js';

/** Claims that are judged together: a register, and what its places have seen. */
export interface Family {
  readonly register: readonly RegisterEntry[];
  readonly rows: readonly LedgerRow[];
}

/** 2/a of one place of a family. */
export const placeEvidence = evidenceOf(registerPlaces);

/**
 * The values of a place that count: those of its own definition, from its first confirmatory seed on, in the order of
 * seeds, up to the first that is missing.
 */
export function valuesOf(entry: RegisterEntry, rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const claim = entry.definitionHash.slice(0, claimDigits);
  const { from } = entry.seeds;
  const own = rows
    .filter((row) => row.place === entry.place && row.claim === claim)
    .filter(({ seed }) => seed >= from && seed < from + seedsOfVersion)
    .sort((a, b) => a.seed - b.seed);
  const end = own.findIndex(({ seed }, i) => seed !== from + i);
  return end < 0 ? own : own.slice(0, end);
}

/** The entry of a part as the code has it: of its version, and with its hash. */
export const entryOf = (register: readonly RegisterEntry[], part: JudgedPart): RegisterEntry | undefined =>
  register.find(
    (entry) =>
      entry.experiment === part.experiment.id &&
      entry.claim === part.claim.id &&
      entry.protocol === part.protocol.id &&
      entry.part === part.part &&
      entry.version === part.version &&
      entry.definitionHash === part.hash,
  );

/** Judges a part from the rows of its place; a part that is not registered has none. */
export function judgePart(part: JudgedPart, { register, rows }: Family): PartVerdict {
  const entry = entryOf(register, part);
  const values: readonly SeedValue[] = entry === undefined ? [] : valuesOf(entry, rows).map(plainValue);
  return judgeValues(part.test, values, {
    evidence: placeEvidence,
    secondsASeed: secondsOf(part),
    ...(entry && { place: entry.place, hash: entry.hash }),
  });
}

/** The price of a seed of a part, alone, on one worker of a usual machine. */
export const secondsOf = ({ preset }: JudgedPart): number => presetSeconds({ ...preset, seeds: [1] });

const plainValue = ({ seed, x, y }: LedgerRow): SeedValue => ({ seed, x, ...(y && { y }) });

/** The verdicts on all claims of an experiment, under each protocol that judges them, from a ledger alone. */
export function verdictsOf(experiment: Experiment, family: Family): readonly Verdict[] {
  return experiment.claims.flatMap((claim) =>
    protocolIds.flatMap((id): readonly Verdict[] => {
      const judged = claim.judged[id];
      if (judged === undefined) return [];
      const history = historyOf(experiment, claim.id, id, family);
      if ('noTest' in judged) return [{ ...noTestVerdict(claim, id, judged.noTest), history }];
      return [{ ...verdictUnder(experiment, claim, id, family), version: judged.version ?? 1, history }];
    }),
  );
}

function verdictUnder(experiment: Experiment, claim: Claim, id: ProtocolId, family: Family): Verdict {
  const parts = partsOrProblem(experiment, claim, id);
  if (typeof parts === 'string') return { ...verdictOf(claim, id, []), text: `not yet run: ${parts}` };
  const registered = entryOf(family.register, parts[0]!)?.date;
  const judged = parts.map((part) => judgePart(part, family));
  return verdictOf(claim, id, judged, { ...(registered && { registered }) });
}

/** A claim of an experiment that is being written may not be fit to be judged; the rest of it can be shown. */
function partsOrProblem(experiment: Experiment, claim: Claim, id: ProtocolId): readonly JudgedPart[] | string {
  try {
    return partsUnder(experiment, claim, id);
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
}

/** Versions of a claim that others have taken the place of, the latest first, with what they had come to. */
function historyOf(
  { claims }: Experiment,
  id: string,
  protocol: RegisterEntry['protocol'],
  { register, rows }: Family,
): readonly Verdict[] {
  const claim = claims.find((one) => one.id === id)!;
  const judged = claim.judged[protocol];
  const now = judged !== undefined && 'tests' in judged ? (judged.version ?? 1) : Number.POSITIVE_INFINITY;
  const own = register.filter((one) => one.claim === id && one.protocol === protocol && one.version < now);
  const versions = [...groupBy(own, ({ version }) => version)].sort(([a], [b]) => b - a);
  return versions.map(([version, entries]) => {
    const parts = entries.map((entry) =>
      judgeValues(entry.definition.test, valuesOf(entry, rows).map(plainValue), {
        evidence: placeEvidence,
        place: entry.place,
        hash: entry.hash,
      }),
    );
    const { statement, metric } = entries[0]!.definition;
    const verdict = verdictOf({ ...claim, statement, metric }, protocol, parts, { version });
    return { ...verdict, outcome: 'withdrawn', registered: entries[0]!.date };
  });
}
