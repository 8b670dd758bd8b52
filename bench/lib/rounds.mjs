// Times one workload: every contender has its process ready, then they take turns, A B C A B C, so that a slow spell of
// the machine hits all of them.
import { startChild } from './child.mjs';
import { lastJson, runFresh } from './fresh.mjs';

const prepareLimitMs = 180_000;
const roundLimitMs = 300_000;

/**
 * Runs all rounds of a workload: `rounds`, and up to three times as many within `patienceMs`, as a slow spell can
 * outlast five short ones; fewer, but one at least, where another would end after `shareMs`, preparation included.
 * Result: one entry a contender, with its times a unit of work in ms, or the reason why there are none.
 */
export async function runWorkload(workload, contenders, files, { rounds, patienceMs, shareMs = Infinity }, log) {
  const begin = performance.now();
  const entries = [];
  for (const contender of contenders) {
    const entry = { contender, rounds: [], details: {} };
    entries.push(entry);
    if (contender.reason) entry.leftOut = contender.reason;
    else if (!contender.fresh) await prepare(entry, workload, files);
    if (entry.leftOut) log(`  ${contender.label}: left out: ${entry.leftOut}`);
  }
  const start = performance.now();
  const goesOn = (round) => {
    const now = performance.now();
    if (round > 0 && now - begin + (now - start) / round > shareMs) return false;
    return round < rounds || (round < 3 * rounds && now - start < patienceMs);
  };
  for (let round = 0; goesOn(round); round++) {
    for (const entry of entries) if (!entry.leftOut) await takeTurn(entry, round, log);
  }
  for (const { children } of entries) for (const child of children ?? []) child.end();
  return entries;
}

async function prepare(entry, workload, files) {
  const { contender } = entry;
  entry.children = Array.from({ length: contender.processes ?? 1 }, () => startChild(contender));
  const kind = contender.family === 'pytorch' ? (workload.pytorchKind ?? workload.kind) : workload.kind;
  const request = { op: 'prepare', workload: { ...workload, kind }, files };
  const replies = await Promise.all(entry.children.map((child) => child.ask(request, prepareLimitMs)));
  const { error, version, checks } = replies.find((reply) => reply.error) ?? replies[0];
  if (error) entry.leftOut = error;
  else Object.assign(entry, { version, checks });
}

/** The whole life of a process that is started for this round. */
async function runOnce(entry, log) {
  const { ms, stdout, error } = await runFresh(entry.contender, roundLimitMs);
  if (error) {
    entry.leftOut = error;
    log(`  ${entry.contender.label}: left out: ${error}`);
    return;
  }
  const { version, peakBytes, loopMs, steps, durationMs, ...details } = lastJson(stdout);
  const loop = loopMs ?? durationMs;
  entry.rounds.push(ms);
  Object.assign(entry, { version: version ?? entry.contender.version, peakBytes });
  const stepMs = loop === undefined ? undefined : loop / steps;
  entry.details = {
    ...(stepMs !== undefined && { stepMs: Math.min(stepMs, entry.details.stepMs ?? Infinity) }),
    ...(details.threads && { threads: details.threads }),
    ...(details.pageFaults && { pageFaultsPerStep: details.pageFaults / steps }),
  };
}

/** Processes of one contender work at the same time: a round lasts as long as its slowest. */
async function takeTurn(entry, round, log) {
  if (entry.contender.fresh) return runOnce(entry, log);
  const replies = await Promise.all(entry.children.map((child) => child.ask({ op: 'round' }, roundLimitMs)));
  const failed = replies.find((reply) => reply.error);
  if (failed) {
    entry.leftOut = failed.error;
    log(`  ${entry.contender.label}: left out: ${failed.error}`);
    return;
  }
  const work = replies.reduce((sum, { count, trials }) => sum + (trials ?? count), 0);
  entry.rounds.push(Math.max(...replies.map(({ ms }) => ms)) / work);
  // Later rounds add what was not collected of earlier ones, so the first counts.
  if (round === 0) entry.peakBytes = replies.reduce((sum, { peakBytes }) => sum + peakBytes, 0);
  if (replies[0].epochs !== undefined) entry.details.epochs = replies[0].epochs;
}

/** The middle value; of an even number the lower middle. */
export const median = (values) => values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
