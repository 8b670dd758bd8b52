import { basename, dirname, relative } from 'node:path';
import { counted } from '../../base/counted.js';
import type { RunRecord } from '../../lab/record.js';
import type { Finding } from '../../platform/node/machine/doctor.js';
import type { StoreCheck } from '../../platform/node/store/check/check-store.js';

/**
 * What a check of a store found, in words: what is damaged or lost is a fault, what a run sets right by itself a note.
 */
export function storeFindings(check: StoreCheck): readonly Finding[] {
  const { path, sound, damaged, runs, damagedRuns, lost, leftovers, user } = check;
  const name = (file: string): string => relative(path, file);
  const faults = [
    ...[...damaged.map((task) => ({ ...task, path: task.folder })), ...leftovers].flatMap((task) =>
      task.problems.map((problem) => `${name(task.path)}/${problem}`),
    ),
    ...damagedRuns.map((run) => `${name(run.path)}: ${run.problem}`),
    ...lost.map(({ id, by }) => `${id}: expected a finished task, as ${by} names it, got none`),
  ];
  const notes = [
    ...(user === undefined ? [] : [`${path}: in use by ${user}; looked at while that runs`]),
    ...leftovers.filter(({ problems }) => problems.length === 0).map((each) => leftoverText(name(each.path), each)),
    ...check.unfinished.map(
      ({ path: file, run, missing }) =>
        `${name(file)}: ${counted(missing, 'task')} not done yet; resume with: ${runCommandOf(run, path)}`,
    ),
    ...unsealedText(check),
  ];
  const trials = sound.filter(({ folder }) => basename(dirname(folder)) === 'trials').length;
  const counts = [
    counted(trials, 'finished trial'),
    counted(sound.length - trials, 'measurement'),
    counted(runs.length, 'run'),
  ];
  const whole = `${path}: ${counts.join(', ')}${faults.length > 0 ? ' whole' : ''}`;
  return [
    ...faults.map((text) => ({ what: 'store', state: 'fault', text }) as const),
    ...notes.map((text) => ({ what: 'store', state: 'note', text }) as const),
    { what: 'store', state: faults.length > 0 ? 'note' : 'ok', text: whole },
  ];
}

const leftoverText = (name: string, { resumable }: StoreCheck['leftovers'][number]): string =>
  resumable
    ? `${name}: not done when its process ended; the next run of it resumes from its checkpoint`
    : `${name}: left by a process that was killed, nothing to resume from; the next run removes it`;

function unsealedText({ sound }: StoreCheck): readonly string[] {
  const unsealed = sound.filter(({ sealed }) => !sealed).map(({ id }) => id.slice(0, 12));
  if (unsealed.length === 0) return [];
  const some = `${unsealed.slice(0, 3).join(', ')}${unsealed.length > 3 ? ' ...' : ''}`;
  return [
    `${counted(unsealed.length, 'task')} without checksums.txt (${some}), as older versions left them: ` +
      'the result hash is right; --repair adds the checksums',
  ];
}

/** The command that makes a run, or what is missing of it. */
export function runCommandOf(run: RunRecord, store: string): string {
  const { experiment, source, protocol, preset, settings } = run;
  const twins = twinsOf(run);
  const words = [
    ['descent', 'run', source ?? experiment, '--protocol', protocol, '--preset', preset],
    ['--seeds', seedsOf(run).join(',')],
    twins > 0 ? ['--twins', String(twins)] : [],
    settings.flatMap((setting) => ['--set', setting]),
    ['--store', store],
  ];
  return words.flat().map(quoted).join(' ');
}

/** Seeds of a run, in its order. */
export const seedsOf = ({ trials, measurements }: RunRecord): readonly number[] => [
  ...new Set([...trials, ...measurements].map(({ seed }) => seed)),
];

/** How many rounding twins each trial of a run has. */
export const twinsOf = ({ trials }: RunRecord): number => Math.max(0, ...trials.map(({ twin = 0 }) => twin));

const quoted = (word: string): string => (/^[\w./:=,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
