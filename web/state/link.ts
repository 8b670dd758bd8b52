import * as z from 'zod/mini';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { panelNames } from '../worker/protocol.js';
import { type Edit, withEdits } from './edits.js';
import { firstSpec } from './presets.js';

/**
 * The state of Play as a text in the address: a version, how it is packed, and JSON without what is usual.
 *
 *     1.<base64url of JSON>      1z.<base64url of deflated JSON>, where that is shorter
 */

/** All that is needed to come to the same runs again. */
export interface LinkState {
  readonly runs: readonly LinkRun[];
  /** Places in `runs`. */
  readonly active: number;
  readonly compared?: number;
  readonly step: number;
  readonly pace: number;
  readonly panels: readonly (typeof panelNames)[number][];
  /** Steps between two points of a panel. */
  readonly every: number;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** A run of its own, or a branch of an earlier one, with all of its edits. */
export type LinkRun =
  | { readonly spec: TrialSpec }
  | { readonly parent: number; readonly atStep: number; readonly edits: readonly Edit[] };

/** What Play opens with. */
export const usualState: LinkState = {
  runs: [{ spec: firstSpec }],
  active: 0,
  step: 0,
  pace: 500,
  panels: [],
  every: 10,
  logX: false,
  logY: true,
};

const version = '1';
/** Characters of an address and bytes of its state, at most: a link must not hang the page. */
const longest = { text: 1_000_000, json: 2_000_000 };
const mostRuns = 8;

const step = z.int().check(z.minimum(0), z.maximum(1e9));
const edit = z.strictObject({
  atStep: step,
  path: z.string().check(z.maxLength(100)),
  value: z.union([z.number(), z.literal('full')]),
});
/** A spec is checked whole by the engine, which says what is wrong with it. */
const spec = z.record(z.string(), z.unknown());
const stateSchema = z.partial(
  z.strictObject({
    runs: z
      .array(z.union([z.strictObject({ spec }), z.strictObject({ parent: step, atStep: step, edits: z.array(edit) })]))
      .check(z.minLength(1), z.maxLength(mostRuns)),
    active: step,
    compared: step,
    step,
    pace: z.number().check(z.minimum(0), z.maximum(1e6)),
    panels: z.array(z.enum(panelNames)).check(z.maxLength(panelNames.length)),
    every: z.int().check(z.minimum(1), z.maximum(10_000)),
    logX: z.boolean(),
    logY: z.boolean(),
  }),
);

/**
 * Packs a state; short ones as they are, long ones deflated.
 * @throws Error for people, if that would be more than is read again
 */
export async function writeLink(state: LinkState): Promise<string> {
  const json = JSON.stringify(lean(state));
  if (json === '{}') return '';
  const bytes = new TextEncoder().encode(json);
  if (bytes.length > longest.json) throw new Error(tooLong);
  const plain = `${version}.${base64Url(bytes)}`;
  const packed = `${version}z.${base64Url(await piped(bytes, new CompressionStream('deflate-raw')))}`;
  const shorter = packed.length < plain.length ? packed : plain;
  if (shorter.length > longest.text) throw new Error(tooLong);
  return shorter;
}

const tooLong = 'so many points are too long for a link; save the trial as JSON';

/**
 * Unpacks a state.
 * @throws Error with what is wrong with the link, for people
 */
export async function readLink(text: string): Promise<LinkState> {
  if (text === '') return usualState;
  if (text.length > longest.text) throw new Error('the link is longer than a state can be');
  const match = /^(\d+)(z?)\.([\w-]*)$/.exec(text);
  if (!match) throw new Error('the link is not one of this lab, or a part of it was lost');
  const [, ofVersion, packed, body] = match as unknown as [string, string, string, string];
  if (Number(ofVersion) > Number(version)) throw new Error('the link is of a newer version of the lab');
  if (Number(ofVersion) < Number(version))
    throw new Error('the link is of a version of the lab that is not read any more');
  return checked(await parsed(body, packed === 'z'));
}

async function parsed(body: string, packed: boolean): Promise<unknown> {
  try {
    const bytes = fromBase64Url(body);
    const plain = packed ? await piped(bytes, new DecompressionStream('deflate-raw')) : bytes;
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch {
    throw new Error('the link is damaged: a part of it was lost or changed on its way');
  }
}

function checked(json: unknown): LinkState {
  const result = stateSchema.safeParse(json);
  if (!result.success) throw new Error('the link is damaged: it names something that the lab does not know');
  const given = result.data as Partial<LinkState>;
  const state: LinkState = { ...usualState, ...given, runs: (given.runs ?? usualState.runs).map(fullRun) };
  const places = [state.active, ...(state.compared === undefined ? [] : [state.compared])];
  const wrongPlace = places.some((place) => place >= state.runs.length);
  const wrongParent = state.runs.some((run, i) => 'parent' in run && run.parent >= i);
  if (wrongPlace || wrongParent) throw new Error('the link is damaged: it names a run that is not in it');
  return state;
}

/** What a spec in a link leaves out is that of the first spec; null is what that has and this has not. */
function fullRun(run: LinkRun): LinkRun {
  if (!('spec' in run)) return run;
  const entries = Object.entries<unknown>({ ...firstSpec, ...run.spec }).filter(([, value]) => value !== null);
  const spec = Object.fromEntries(entries);
  const missing = parts.find((name) => typeof spec[name] !== 'object' || spec[name] === null);
  if (missing) throw new Error(`the link is damaged: it has a run without ${missing}`);
  return { spec: spec as unknown as TrialSpec };
}

/** What each spec has, whatever else is wrong with it. */
const parts = ['data', 'model', 'optimizer', 'stop'] as const;

/** A state without what is usual. */
function lean(state: LinkState): object {
  const runs = state.runs.map((run) => ('spec' in run ? { spec: leanSpec(run.spec) } : run));
  const isUsual = (name: keyof LinkState): boolean => same(state[name], usualState[name]);
  const names = (Object.keys(state) as (keyof LinkState)[]).filter((name) => !isUsual(name));
  return Object.fromEntries(names.map((name) => [name, name === 'runs' ? runs : state[name]]));
}

function leanSpec(of: TrialSpec): object {
  const all = of as unknown as Readonly<Record<string, unknown>>;
  const usual = firstSpec as unknown as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(all), ...Object.keys(usual)])].filter(
    (name) => !same(all[name], usual[name]),
  );
  return Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The spec of each run of a state, branches with all edits that led to them. */
export function specsOf({ runs }: LinkState): readonly TrialSpec[] {
  const specs: TrialSpec[] = [];
  for (const run of runs) {
    if ('spec' in run) specs.push(run.spec);
    else specs.push(withEdits(specs[run.parent]!, run.edits));
  }
  return specs;
}

async function piped(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > longest.json) throw new Error('too long');
    parts.push(value as Uint8Array<ArrayBuffer>);
  }
}

function base64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
