import { UserError } from '../base/errors.js';

const largestSeed = 2 ** 32 - 1;
const mostSeeds = 100_000;

/** @throws UserError if the text is not a whole number of at least 1. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1)
    throw new UserError(`expected a whole number of at least 1, got ${JSON.stringify(text)}`);
  return count;
}

/** @throws UserError if the text is not a number above 0. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new UserError(`expected a number above 0, got ${JSON.stringify(text)}`);
  return value;
}

/** @throws UserError if the text is not a share as `5%`, above 0 and at most 100. */
export function parsePercent(text: string): number {
  const [, percent] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
  const share = Number(percent) / 100;
  if (!(share > 0 && share <= 1)) throw new UserError(`expected a share as 5%, got ${JSON.stringify(text)}`);
  return share;
}

/**
 * Reads a time in milliseconds: `3h50m`, `10m`, `90s` or a number of seconds.
 * @throws UserError if the text is none above 0.
 */
export function parseDuration(text: string): number {
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(text) ?? [];
  const ms = 1000 * (3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0));
  if (ms > 0) return ms;
  throw new UserError(`expected a time as 3h50m, 10m or 90s, got ${JSON.stringify(text)}`);
}

const units = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 } as const;

/**
 * Reads an amount of memory: `8G`, `512M` or a number of bytes.
 * @throws UserError if the text is none above 0.
 */
export function parseBytes(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)(?:i?B)?$/.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * units[unit as keyof typeof units]);
  if (bytes > 0) return bytes;
  throw new UserError(`expected memory as 8G or 512M, got ${JSON.stringify(text)}`);
}

const mostPort = 65_535;

/**
 * Reads `port` or `host:port`; without a host it is 127.0.0.1.
 * @throws UserError if the text is none.
 */
export function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const {
    host = '127.0.0.1',
    v6,
    port,
  } = /^(?:(?:(?<host>[\w.-]+)|\[(?<v6>[\da-f:]+)\]):)?(?<port>\d+)$/i.exec(text)?.groups ?? {};
  if (port !== undefined && Number(port) <= mostPort) return { host: v6 ?? host, port: Number(port) };
  throw new UserError(`expected a port or host:port, got ${JSON.stringify(text)}`);
}

/** @throws UserError if the text is not a number from 0 to 1. */
export function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new UserError(`expected a share from 0 to 1, got ${JSON.stringify(text)}`);
}

/**
 * Reads seeds: `1..5`, `1,2,3` or a mixture; without repetition, in the order given.
 * @throws UserError that shows both forms.
 */
export function parseSeeds(text: string): readonly number[] {
  const seeds = new Set(text.split(',').flatMap((part) => seedRange(part.trim(), text)));
  if (seeds.size > mostSeeds) throw new UserError(`expected at most ${mostSeeds} seeds, got ${seeds.size}`);
  return [...seeds];
}

function seedRange(part: string, whole: string): readonly number[] {
  const range = /^(\d+)(?:\.\.(\d+))?$/.exec(part);
  const first = Number(range?.[1]);
  const last = Number(range?.[2] ?? range?.[1]);
  if (range === null || first > last || last > largestSeed) {
    throw new UserError(`expected seeds as 1..5 or 1,2,3 from 0 to ${largestSeed}, got ${JSON.stringify(whole)}`);
  }
  if (last - first >= mostSeeds) throw new UserError(`expected at most ${mostSeeds} seeds, got ${last - first + 1}`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
