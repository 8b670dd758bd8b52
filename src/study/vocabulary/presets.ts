import type { Preset, Protocol } from '../experiment.js';
import type { PresetName } from '../names.js';

/** What a preset changes, in words, and whether that makes it a miniature. */
export type PresetWords = Pick<Preset, 'note' | 'miniature'>;

/** Sizes below the original's: its numbers are not expected to be met, and no verdict counts. */
export const miniature = (note: string): PresetWords => ({ note, miniature: true });

/** The original's sizes, or near enough for a verdict. */
export const fullSize = (note: string): PresetWords => ({ note, miniature: false });

/** n seeds, from the original's own on: 1 to n. */
export const seedsTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Rounding twins where a trial takes seconds: one more of their kind lies beyond all 39 in 2 of 40 cases. */
export const manyTwins = 38;

/** The same where it takes a minute: in 2 of 10 cases. */
export const someTwins = 8;

type PresetParts = PresetWords & Pick<Preset, 'arms'> & Partial<Pick<Preset, 'measurements' | 'twins'>>;

/** The presets of a protocol: how many seeds each has, 1 to n, and what it runs of them. */
export function presets(
  seeds: Readonly<Partial<Record<PresetName, number>>>,
  parts: (name: PresetName) => PresetParts,
): Protocol['presets'] {
  const entries = Object.entries(seeds) as readonly (readonly [PresetName, number])[];
  return Object.fromEntries(
    entries.map(([name, n]) => [name, { measurements: [], ...parts(name), seeds: seedsTo(n) }]),
  );
}
