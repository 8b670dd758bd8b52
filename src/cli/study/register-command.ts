import { counted } from '../../base/counted.js';
import { UserError } from '../../base/errors.js';
import { idOf } from '../../lab/task.js';
import { openStore } from '../../platform/node/store/store.js';
import { tasksOf } from '../../study/plan.js';
import {
  chained,
  compareRegister,
  type Family,
  firstSeed,
  type JudgedPart,
  registerPlaces,
} from '../../verdicts/index.js';
import { chooseExperiments } from '../run/choose-experiments.js';
import { columnLines, print } from '../text.js';
import { familiesOf, type OpenFamily } from './families.js';

/** Options of `descent register`, as parsed. */
export interface RegisterCommandOptions {
  readonly store: string;
  readonly results?: string;
  readonly check?: boolean;
}

/** Seeds of a block that are looked for in a store before the block is registered. */
const seedsLookedFor = 16;

/**
 * Registers the claims of some experiments that are not yet, or with `check` only compares the register with them.
 * Returns the exit code: 1 if it does not match.
 */
export async function registerCommand(names: readonly string[], options: RegisterCommandOptions): Promise<number> {
  const families = familiesOf(await chooseExperiments(names), options.results);
  const codes = families.map((family) => (options.check ? checkFamily(family) : registerFamily(family, options.store)));
  return Math.max(0, ...codes);
}

function checkFamily({ results, experiments }: OpenFamily): number {
  const { register } = results.read();
  const { problems, missing } = compareRegister(register, experiments);
  print(...problems, `${counted(register.length, 'place')} of ${registerPlaces} taken, ${missing.length} to register`);
  return problems.length > 0 ? 1 : 0;
}

/** @throws UserError if a claim was changed, its seeds were seen, or no place is left: then nothing is registered */
function registerFamily({ results, experiments }: OpenFamily, store: string): number {
  const family = results.read();
  const { problems, missing } = compareRegister(family.register, experiments);
  const seen = missing.flatMap((part) => seenSeed(part, family, openStore(store).has));
  const left = registerPlaces - family.register.length;
  const full = missing.length > left ? [`expected at most ${counted(left, 'free place')}, got ${missing.length}`] : [];
  const all = [...problems, ...seen, ...full];
  if (all.length > 0) throw new UserError(all.map((problem) => `register: ${problem}`).join('\n'));
  const date = new Date().toISOString().slice(0, 10);
  const entries = chained(
    family.register,
    missing.map(({ experiment, claim, protocol, part, version, definition, hash }) => ({
      ...{ date, experiment: experiment.id, claim: claim.id, protocol: protocol.id, part, version, definition },
      definitionHash: hash,
    })),
  );
  if (entries.length > 0) results.register(entries);
  print(
    ...columnLines(
      entries.map(({ place, experiment, claim, protocol, definition, definitionHash }) => [
        ...[String(place), experiment, claim, protocol, definition.test.label, definitionHash.slice(0, 12)],
      ]),
    ),
    `${counted(entries.length, 'place')} registered, ${left - entries.length} of ${registerPlaces} left: ` +
      results.path,
  );
  return 0;
}

/** A block of seeds of which results are there: what was seen cannot test what it shaped. */
function seenSeed(part: JudgedPart, { rows }: Family, has: (id: string) => boolean): readonly string[] {
  const { experiment, claim, protocol, preset, version } = part;
  const from = firstSeed(version);
  const seeds = Array.from({ length: seedsLookedFor }, (_, i) => from + i);
  const planned = tasksOf(experiment, { ...protocol, presets: { study: preset } }, 'study', { seeds, identify: idOf });
  const inLedger = new Set(rows.flatMap(({ tasks }) => tasks));
  const found = planned.find(({ id }) => has(id) || inLedger.has(id));
  if (found === undefined) return [];
  return [
    `${experiment.id} ${claim.id} ${protocol.id}: expected seeds from ${from} that nobody has run, ` +
      `got a result of seed ${found.seed} of ${found.arm}; raise its version, which has seeds of its own`,
  ];
}
