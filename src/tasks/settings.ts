import { SpecError, UserError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { quote } from './schema/spec-problems.js';

/** One change to a spec: where, and what comes there. */
export interface Setting {
  readonly text: string;
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Parts of a path, at most: several times as many as any field of a spec has. */
const longestPath = 20;

/**
 * Reads `path=value`: fields joined by dots, list positions as `[2]` or `.2`; the value is JSON, or else a bare word.
 * @throws UserError if it is not of this form.
 */
export function parseSetting(text: string): Setting {
  const split = text.indexOf('=');
  const path = split < 0 ? '' : text.slice(0, split);
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '');
  if (!/^[A-Za-z]\w*(\.\w+|\[\d+\])*$/.test(path) || parts.length > longestPath) {
    throw new UserError(`--set: expected path=value, e.g. optimizer.learningRate=0.002, got ${quote(text)}`);
  }
  return {
    text,
    path: parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    value: parseValue(text.slice(split + 1)),
  };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * A copy of a spec's JSON with the changes made, in their order; whether the outcome is a valid spec is the schema's to
 * say.
 * @throws SpecError if a path leads through something that is neither an object nor a list, or past the end of a list.
 */
export function applySettings(json: object, settings: readonly Setting[]): unknown {
  return settings.reduce<unknown>((value, setting) => assign(value, setting, 0), json);
}

function assign(target: unknown, setting: Setting, depth: number): unknown {
  const key = setting.path[depth];
  if (key === undefined) return setting.value;
  const where = `--set ${setting.text}`;
  if (Array.isArray(target)) {
    if (typeof key !== 'number' || key >= target.length) {
      throw new SpecError(where, `expected a position from 0 to ${target.length - 1} in a list, got ${quote(key)}`);
    }
    return target.map((item, i) => (i === key ? assign(item, setting, depth + 1) : item));
  }
  if (target !== undefined && (typeof target !== 'object' || target === null)) {
    throw new SpecError(
      where,
      `expected a field that has parts, got ${setting.path.slice(0, depth).join('.')} = ${quote(target)}`,
    );
  }
  const fields = (target ?? {}) as Readonly<Record<string, unknown>>;
  const isNew = !Object.hasOwn(fields, key);
  if (isNew && typeof setting.path[depth + 1] === 'number') {
    throw new SpecError(where, `expected a list at ${key}, got nothing${didYouMean(String(key), Object.keys(fields))}`);
  }
  return { ...fields, [key]: assign(isNew ? undefined : fields[key], setting, depth + 1) };
}
