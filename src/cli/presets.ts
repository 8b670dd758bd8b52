import { UserError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { PresetName } from '../experiments/experiment.js';

/** From the smallest to the largest. */
export const presetNames: readonly PresetName[] = ['smoke', 'quick', 'report'];

/** @throws UserError if there is no such preset; it names the nearest. */
export function parsePreset(text: string): PresetName {
  const found = presetNames.find((name) => name === text);
  if (found === undefined) {
    throw new UserError(`expected ${presetNames.join(', ')}, got "${text}"${didYouMean(text, presetNames)}`);
  }
  return found;
}
