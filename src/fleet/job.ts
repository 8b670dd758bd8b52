import { z } from 'zod';
import { UserError } from '../base/errors.js';

// What travels: jobs in a queue, which say what to run, and manifests beside their blobs, which say what came of it.

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

const need = z.object({ id: hex, hash: z.string(), checksums: hex });
/** A finished trial that a task starts from: its result hash, and the blob that lists its files with their SHA-256. */
export type Need = z.output<typeof need>;

const signed = z.object({ key: hex, signature: z.string().regex(/^[0-9a-f]{128}$/) });
/** A public key, and what it signs by. */
export type Signed = z.output<typeof signed>;

const kept = z.object({
  step: count,
  /** Files of the unfinished task by name, as blobs. */
  files: z.record(z.string().regex(/^[\w.-]+$/), hex),
  /** Who got the trial there. */
  by: z.string(),
  /** That it was so: the rest, and the job, signed by that hand. */
  signed,
});
/** A moment of a trial, kept where any agent finds it. */
export type KeptMoment = z.output<typeof kept>;

const segment = z.object({
  index: count,
  /** Where it begins and ends; absent: with the trial. */
  from: kept.exactOptional(),
  until: kept.exactOptional(),
});
/** A part of a trial between two moments that were kept. */
export type Segment = z.output<typeof segment>;

const jobData = z.object({
  spec: z.looseObject({}),
  needs: z.array(need),
  /** The place where what comes of it is put, and the mark that its coordinator has left there. */
  blobs: z.string(),
  mark: z.string().exactOptional(),
  /** Bytes that it takes at once, where they are many: it lies in the queue of large jobs. */
  memory: count.exactOptional(),
  /** Only this part of the trial is to be run. */
  segment: segment.exactOptional(),
  /** Agents that must not run it, as they have run it before. */
  not: z.array(z.string()).exactOptional(),
  /** Hosts on which it was started, and how many of its ends without a word are forgiven since it got on. */
  hosts: z.array(z.string()).exactOptional(),
  forgiven: count.exactOptional(),
});
/** What an agent is sent of a task. The spec is not checked yet. */
export type JobData = z.output<typeof jobData>;

const manifest = z.object({
  format: z.literal(1),
  job: z.string(),
  task: hex,
  /** Result hash. */
  hash: z.string(),
  /** The blob that lists the files of the task's folder; a run that only checks another leaves none. */
  checksums: hex.exactOptional(),
  /** Result hashes of the trials that it started from, by id. */
  needs: z.record(z.string(), z.string()),
  /** Agents that had a part in it: who ended it, and whose checkpoints that one resumed from. */
  hands: z.array(z.string()).min(1),
  host: z.string(),
  durationMs: z.number(),
  fromStep: count.exactOptional(),
  /** Moments of the trial on the way, the earliest first. */
  kept: z.array(kept).exactOptional(),
  /** The part that was run, if it was not all: the hash is that of the moment at its end, or the result's. */
  segment: count.exactOptional(),
  /** The rest, signed by the last of its hands. */
  signed,
});
/** What came of a job: written last, at one moment, when all blobs that it names are there. */
export type Manifest = z.output<typeof manifest>;

const travelling = z.object({
  format: z.literal(1),
  job: z.string(),
  /** Moments of the trial so far, the earliest first: others resume from the last one. */
  kept: z.array(kept).min(1),
});
/** Where an unfinished job stands. */
export type TravellingCheckpoint = z.output<typeof travelling>;

/** @throws UserError if it is none */
export const parseJobData = (value: unknown): JobData => parsed(jobData, value, 'job');

/** @throws UserError if the bytes are none */
export const parseManifest = (bytes: Uint8Array): Manifest => parsed(manifest, jsonOf(bytes), 'manifest');

/** @throws UserError if the bytes are none */
export const parseTravelling = (bytes: Uint8Array): TravellingCheckpoint =>
  parsed(travelling, jsonOf(bytes), 'checkpoint');

/** Something of these as bytes. */
export const bytesOf = (value: Manifest | TravellingCheckpoint): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const { path, message } = found.error.issues[0]!;
  throw new UserError(`${what}: expected one of this version, got one in which ${path.join('.') || 'all'}: ${message}`);
}

/** A job: a run of a task, or an audit, which runs it again elsewhere. Counted, as one may have to be repeated. */
export interface JobName {
  readonly kind: 'run' | 'audit';
  readonly task: string;
  readonly round: number;
}

const prefixes = { run: 't', audit: 'a' } as const;
const pattern = /^(?<prefix>[ta])-(?<task>[0-9a-f]{64})-(?<round>\d+)$/;

/** A job's id in the queue, and the name of its manifest. */
export const jobId = ({ kind, task, round }: JobName): string => `${prefixes[kind]}-${task}-${round}`;

/** Reads such an id; undefined if it is none. */
export function parseJobId(id: string): JobName | undefined {
  const { prefix, task, round } = pattern.exec(id)?.groups ?? {};
  if (task === undefined) return undefined;
  return { kind: prefix === 't' ? 'run' : 'audit', task, round: Number(round) };
}

/** Why a job failed, as an agent puts it into the queue. */
export interface JobFailure {
  readonly agent: string;
  readonly host: string;
  readonly reason: string;
}

/** A failure as the text of an error. */
export const failureText = (failure: JobFailure): string => JSON.stringify(failure);

/** Reads such a text; any other text is a reason of somebody unknown. */
export function parseFailure(text: string): JobFailure {
  const found = z.object({ agent: z.string(), host: z.string(), reason: z.string() });
  const json = found.safeParse(jsonOf(new TextEncoder().encode(text)));
  return json.success ? json.data : { agent: 'unknown', host: 'unknown', reason: text };
}
