import { availableParallelism } from 'node:os';
import { counted } from '../../base/counted.js';
import { UserError } from '../../base/errors.js';
import { groupBy } from '../../base/group-by.js';
import type { RunListener } from '../../lab/run-tasks.js';
import { type StudiedClaim, studiedClaim } from '../../lab/study/studied-claim.js';
import { runStudy, type StudyHost } from '../../lab/study/study.js';
import type { ResultsFolder } from '../../platform/node/results/results-folder.js';
import { lockStore } from '../../platform/node/store/lock/store-lock.js';
import { openStore } from '../../platform/node/store/store.js';
import { runStored } from '../../platform/node/workers/run-in-store.js';
import { protocolOf } from '../../study/experiment.js';
import { protocolIds } from '../../study/names.js';
import { ledgerWork, testsOf, workText } from '../../verdicts/index.js';
import { chosenFleet, type FleetOptions } from '../fleet/chosen-fleet.js';
import { watchSignals } from '../interrupt.js';
import { chooseExperiments } from '../run/choose-experiments.js';
import type { ProtocolChoice } from '../run/presets.js';
import { print } from '../text.js';
import { familiesOf, resultsIn } from './families.js';
import { noteTimes } from './note-times.js';
import { endLine, jsonLine, planLines, studyLines } from './study-lines.js';

/** Options of `descent study`, as parsed. */
export interface StudyCommandOptions extends FleetOptions {
  readonly untilDecided?: boolean;
  /** In milliseconds. */
  readonly budget?: number;
  readonly maxSeeds?: number;
  readonly rounds?: number;
  readonly protocol: ProtocolChoice;
  readonly claim?: readonly string[];
  readonly workers?: number;
  readonly store: string;
  readonly data?: string;
  readonly results?: string;
  readonly json?: boolean;
}

/** A claim to study, and where its rows go. */
interface Chosen {
  readonly studied: StudiedClaim;
  readonly results: ResultsFolder;
}

/**
 * Adds confirmatory seeds to the registered claims of some experiments until they are decided; without
 * `untilDecided` only says what each would take. Returns the exit code.
 */
export async function studyCommand(names: readonly string[], options: StudyCommandOptions): Promise<number> {
  const { chosen, unregistered } = await chooseClaims(names, options);
  if (unregistered.length > 0)
    process.stderr.write(`descent: left out, as they are not registered: ${unregistered.join(', ')}\n`);
  if (chosen.length === 0)
    throw new UserError('study: expected a registered claim, got none; register them with: descent register');
  if (!options.untilDecided) {
    print(...planLines(chosen.map(({ studied }) => studied)), ...spentLines(chosen));
    return 0;
  }
  return await studyClaims(chosen, options);
}

async function chooseClaims(names: readonly string[], { protocol, claim = [], results }: StudyCommandOptions) {
  const chosen: Chosen[] = [];
  const unregistered: string[] = [];
  for (const { results: folder, experiments } of familiesOf(await chooseExperiments(names), results)) {
    const family = folder.read();
    for (const experiment of experiments) {
      for (const one of experiment.claims.filter(({ id }) => claim.length === 0 || claim.includes(id))) {
        for (const id of protocolIds.filter((each) => protocol === 'all' || each === protocol)) {
          const own = protocolOf(experiment, id);
          if (own === undefined || testsOf(one, id).length === 0) continue;
          const studied = studiedClaim(experiment, one, own, family);
          if (studied === undefined) unregistered.push(`${one.id} ${id}`);
          else chosen.push({ studied, results: folder });
        }
      }
    }
  }
  return { chosen, unregistered };
}

/** What it took to get where the ledgers are. */
const spentLines = (chosen: readonly Chosen[]): readonly string[] =>
  [...groupBy(chosen, ({ results }) => results)].map(([folder, own]) => {
    const experiments = [...new Set(own.map(({ studied }) => studied.experiment))];
    return `computed so far: ${workText(ledgerWork(experiments, folder.read(), folder.times()))}`;
  });

async function studyClaims(chosen: readonly Chosen[], options: StudyCommandOptions): Promise<number> {
  const { workers = availableParallelism(), budget, maxSeeds, rounds, json = false } = options;
  const store = openStore(options.store);
  const fleet = await chosenFleet(options, store);
  const lock = lockStore(store.path);
  const signals = watchSignals();
  const folders = new Map(chosen.map(({ studied, results }) => [studied, results]));
  const ends: string[] = [];
  const host: StudyHost = {
    run(tasks, onDone) {
      const listener: RunListener = (_, event) => {
        if (event.kind === 'reported' && event.report.state === 'done') onDone();
      };
      const shared = { stop: signals, listener, ...(options.data !== undefined && { dataDir: options.data }) };
      return fleet ? fleet.run(tasks, store, shared) : runStored(tasks, store, { ...shared, workers });
    },
    ...resultsIn(store),
    add: (studied, rows) => folders.get(studied)!.add(studied.experiment.id, studied.protocol.id, rows),
    now: () => performance.now(),
    isStopping: () => signals.exitCode() !== undefined,
    emit(event) {
      print(...(json ? [jsonLine(event)] : studyLines(event)));
      if (event.kind === 'decided') ends.push(event.verdict.outcome);
      if (event.kind === 'left') ends.push('open');
    },
  };
  try {
    store.removeAbandoned();
    await runStudy(
      chosen.map(({ studied }) => studied),
      host,
      {
        // Agents come and go: a round is as large as those ask for who are there.
        get workers() {
          return fleet?.slots() || workers;
        },
        ...(budget !== undefined && { budgetMs: budget }),
        ...(maxSeeds !== undefined && { maxSeeds }),
        ...(rounds !== undefined && { rounds }),
      },
    );
  } finally {
    signals.release();
    lock.release();
  }
  for (const folder of new Set(folders.values())) noteTimes(folder, store);
  if (!json)
    print(
      endLine(ends),
      `${counted(chosen.length, 'claim')} in ${[...new Set([...folders.values()].map(({ path }) => path))].join(', ')}`,
    );
  return signals.exitCode() ?? 0;
}
