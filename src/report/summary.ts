import type { DrawnFigure } from './figures.js';
import { type ReportRun, seedsOf } from './run.js';

/** One section of a report. */
export interface Section {
  readonly run: ReportRun;
  readonly figures: readonly DrawnFigure[];
}

/** A count with its noun: `1 trial`, `3 trials`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What was run, in a few words: each is a fact of all sections together. */
export function runFacts(sections: readonly Section[]): readonly string[] {
  const runs = sections.map(({ run }) => run);
  const trials = runs.flatMap((run) => run.trials);
  const seeds = [...new Set(runs.flatMap(seedsOf))].sort((a, b) => a - b);
  const presets = [...new Set(runs.map(({ presetName }) => presetName))];
  const missing = trials.filter(({ record }) => record === undefined).length;
  const done = trials.flatMap(({ record }) => record ?? []);
  const seconds = done.reduce((total, { durationMs }) => total + durationMs / 1000, 0);
  return [
    counted(new Set(runs.map(({ experiment }) => experiment.id)).size, 'experiment'),
    `${presets.length === 1 ? 'preset' : 'presets'} ${presets.join(', ')}`,
    counted(trials.length, 'trial') + (missing === 0 ? '' : `, ${missing} missing`),
    `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`,
    `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s of training`,
  ];
}

/** What to know before numbers are compared with the report's; undefined if they are of the report's own sizes and settings. */
export function caution(run: ReportRun): string | undefined {
  const changed = run.settings.length > 0 ? `Changed from the preset: ${run.settings.join(', ')}.` : '';
  const small = run.preset.miniature ? "Miniature: numbers are not expected to be the report's." : '';
  return [small, changed].filter((text) => text !== '').join(' ') || undefined;
}
