import type * as z from 'zod/mini';
import { SpecError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';

/** The longest value that an error quotes whole. */
const longestQuote = 60;

/** Zod's issues as one error each, without repetition: the field's path, what is allowed, what came. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], json: unknown): readonly SpecError[] {
  const problems = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? unknownFields(issue, json) : [wrongValue(issue, json)],
  );
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function unknownFields(issue: z.core.$ZodIssueUnrecognizedKeys, json: unknown): readonly SpecError[] {
  const known = issue.message.split(', ');
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const came = quote(valueAt(json, path));
    return new SpecError(
      pathText(path),
      `expected one of ${issue.message}, got an unknown field with ${came}${didYouMean(key, known)}`,
    );
  });
}

function wrongValue(issue: z.core.$ZodIssue, json: unknown): SpecError {
  const value = valueAt(json, issue.path);
  const hint = typeof value === 'string' ? didYouMean(value, namesAllowed(issue)) : '';
  return new SpecError(pathText(issue.path), `${issue.message}, got ${quote(value)}${hint}`);
}

function namesAllowed(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union' && 'options' in issue) return (issue.options ?? []).map(String);
  return [];
}

/** A path in the form in which people write it: `model.layers[2].kernel`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part);
    if (!/^[\w-]+$/.test(name)) return `${text}[${quote(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** The path of a part's own path, or of a line that begins with one, in the whole. */
export const pathBelow = (path: string, part: string): string =>
  part.startsWith('[') ? `${path}${part}` : `${path}.${part}`;

/** A value as an error quotes it: JSON, cut when long; always one line. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return cut(`${value}n`);
  try {
    return cut(JSON.stringify(value) ?? 'something that JSON cannot hold');
  } catch {
    // It holds itself, or a bigint, or is nested too deeply.
    return 'something that JSON cannot hold';
  }
}

const cut = (text: string): string => (text.length <= longestQuote ? text : `${text.slice(0, longestQuote)}...`);

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    json,
  );
}
