import { UserError } from './errors.js';

/**
 * JSON in one form for one value, to be hashed: keys sorted by UTF-16 code units, no spaces, fields that are undefined
 * dropped, numbers as ECMAScript prints them (-0 as 0). As RFC 8785 (JSON Canonicalization Scheme) for what JSON can
 * hold.
 * @throws UserError with the path of a value that JSON cannot hold (a number that is not finite, undefined in a list, a
 * function, a bigint, an object that is not plain).
 */
export function canonicalJson(value: unknown): string {
  return write(value, '');
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw notJson(path, 'a finite number', String(value));
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${path}[${i}]`)).join(',')}]`;
      return writeObject(value, path);
    default:
      throw notJson(path, 'a value that JSON can hold', typeof value);
  }
}

function writeObject(value: object, path: string): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw notJson(path, 'a plain object or list', value.constructor?.name ?? 'another object');
  }
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const written = fields.map(
    ([key, field]) => `${JSON.stringify(key)}:${write(field, path === '' ? key : `${path}.${key}`)}`,
  );
  return `{${written.join(',')}}`;
}

function notJson(path: string, expected: string, got: string): UserError {
  return new UserError(`${path === '' ? 'value' : path}: expected ${expected}, got ${got}`);
}
