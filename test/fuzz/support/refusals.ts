import { expect } from 'vitest';
import { SpecError } from '../../../src/base/errors.js';
import { pathText } from '../../../src/tasks/schema/spec-problems.js';

/** The spec, or undefined where it was refused as it should be: with a SpecError whose every line names a place of the input, or a field that is missing there. */
export function acceptedOr<T>(parse: (json: unknown) => T, json: unknown): T | undefined {
  try {
    return parse(json);
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    expectPlaces(error as SpecError, json);
    return undefined;
  }
}

function expectPlaces({ path, message }: SpecError, json: unknown): void {
  if (!isPlain(json)) {
    expect(path).toBe('');
    return;
  }
  const places = placesOf(json);
  expect(path).not.toBe('');
  expect(isPlace(path, places), path).toBe(true);
  const lines = message.split('\n').filter((line) => !line.startsWith('... and '));
  for (const line of lines) {
    expect(line).toMatch(/: expected .*, got /);
    const place = line.slice(0, line.indexOf(': expected '));
    expect(isPlace(place, places), line).toBe(true);
  }
}

/** In the input, or a field that lacks in an object of the input. */
function isPlace(path: string, places: ReadonlySet<string>): boolean {
  const holder = path.replace(/(^|\.)[A-Za-z]\w*$/, '');
  return places.has(path) || (holder !== path && places.has(holder));
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function placesOf(value: unknown, path: readonly PropertyKey[] = [], found = new Set<string>()): ReadonlySet<string> {
  found.add(pathText(path));
  if (typeof value !== 'object' || value === null || path.length > 16) return found;
  // A list may have holes.
  const items: Iterable<[PropertyKey, unknown]> = Array.isArray(value)
    ? Array.from(value).entries()
    : Object.entries(value);
  for (const [key, item] of items) placesOf(item, [...path, key], found);
  return found;
}
