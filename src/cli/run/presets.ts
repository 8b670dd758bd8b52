import { UserError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { type PresetName, type ProtocolId, presetNames, protocolIds } from '../../study/names.js';

/** One of the protocols, or all that an experiment has. */
export type ProtocolChoice = ProtocolId | 'all';

/** What `--protocol` takes. */
export const protocolChoices: readonly ProtocolChoice[] = [...protocolIds, 'all'];

/** @throws UserError if there is no such preset; it names the nearest. */
export const parsePreset = (text: string): PresetName => oneOf(presetNames, text);

/** @throws UserError if there is no such protocol; it names the nearest. */
export const parseProtocol = (text: string): ProtocolChoice => oneOf(protocolChoices, text);

function oneOf<T extends string>(names: readonly T[], text: string): T {
  const found = names.find((name) => name === text);
  if (found === undefined) {
    throw new UserError(`expected ${names.join(', ')}, got "${text}"${didYouMean(text, names)}`);
  }
  return found;
}
