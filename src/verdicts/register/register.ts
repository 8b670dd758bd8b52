import { canonicalJson } from '../../base/canonical-json.js';
import { UserError } from '../../base/errors.js';
import { sha256Hex } from '../../base/sha256.js';
import type { ProtocolId } from '../../study/names.js';
import type { Definition } from './definition.js';

/** Places of a register, for good: all intervals are taken at a = 0.05 / 160, so that they hold together. */
export const registerPlaces = 160;

/** Seeds of a version of a claim: so many from the first. */
export const seedsOfVersion = 10_000;

/** The first confirmatory seed of a version: seeds below are exploration, or shaped what is judged. */
export const firstSeed = (version: number): number => seedsOfVersion * (version - 1) + 1001;

/** One place: a part of a claim under a protocol, as it was registered. */
export interface RegisterEntry {
  /** From 1. */
  readonly place: number;
  /** `2026-11-26`. */
  readonly date: string;
  readonly experiment: string;
  readonly claim: string;
  readonly protocol: ProtocolId;
  readonly part: number;
  readonly version: number;
  readonly seeds: { readonly from: number };
  readonly definition: Definition;
  /** SHA-256 of the definition's canonical JSON. */
  readonly definitionHash: string;
  /** Hash of the entry before; zeros for the first. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of all else. */
  readonly hash: string;
}

const noHash = '0'.repeat(64);

/** Entries with the place, and the hashes that tie each to the one before. */
export function chained(
  before: readonly RegisterEntry[],
  parts: readonly Omit<RegisterEntry, 'place' | 'previous' | 'hash' | 'seeds'>[],
): readonly RegisterEntry[] {
  const entries: RegisterEntry[] = [];
  for (const part of parts) {
    const place = before.length + entries.length + 1;
    const previous = (entries.at(-1) ?? before.at(-1))?.hash ?? noHash;
    const entry = { ...part, place, seeds: { from: firstSeed(part.version) }, previous };
    entries.push({ ...entry, hash: sha256Hex(canonicalJson(entry)) });
  }
  return entries;
}

/** A register as a file: one entry a line. */
export const registerText = (entries: readonly RegisterEntry[]): string =>
  entries.map((entry) => `${canonicalJson(entry)}\n`).join('');

/**
 * Reads a register and checks that no line was changed, taken out or put in between.
 * @throws UserError that names the file and the line
 */
export function parseRegister(text: string, file: string): readonly RegisterEntry[] {
  const entries: RegisterEntry[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const entry = parseEntry(line, `${file}:${i + 1}`);
    const { hash, ...rest } = entry;
    const wrong =
      (entry.place !== entries.length + 1 && `place ${entries.length + 1}`) ||
      (entry.previous !== (entries.at(-1)?.hash ?? noHash) && 'the hash of the entry before as previous') ||
      (entry.definitionHash !== sha256Hex(canonicalJson(entry.definition)) && 'the definition that was registered') ||
      (entry.seeds.from !== firstSeed(entry.version) && `seeds from ${firstSeed(entry.version)}`) ||
      (hash !== sha256Hex(canonicalJson(rest)) && 'the entry that was registered');
    if (wrong) throw new UserError(`${file}:${i + 1}: expected ${wrong}, got another`);
    entries.push(entry);
  }
  if (entries.length > registerPlaces)
    throw new UserError(`${file}: expected at most ${registerPlaces} entries, got ${entries.length}`);
  return entries;
}

function parseEntry(line: string, where: string): RegisterEntry {
  try {
    return JSON.parse(line) as RegisterEntry;
  } catch {
    throw new UserError(`${where}: expected an entry as JSON, got ${line.slice(0, 40)}`);
  }
}
