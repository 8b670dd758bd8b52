// The line protocol of the bench for engines in JavaScript: one JSON object a line, both ways. See engines/pytorch.py
// for its twin.
import { createInterface } from 'node:readline';

/**
 * Serves one workload. `create(workload, files)` gives a task: for steps `reset()` and `step()` -> loss, else `unit()`
 * -> { checks?, epochs? }.
 * Work is timed here, so that every engine is timed alike.
 */
export async function serve(version, create) {
  let task;
  let workload;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let reply;
    try {
      if (request.op === 'prepare') {
        workload = request.workload;
        task = await create(workload, request.files);
        reply = { version, checks: await firstChecks(workload, task) };
      } else {
        reply = { ...(await timedRound(workload, task)), peakBytes: 1024 * process.resourceUsage().maxRSS };
      }
    } catch (error) {
      reply = { error: String(error?.message ?? error).split('\n')[0] };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

async function firstChecks(workload, task) {
  if (workload.kind !== 'steps')
    return ['evaluation', 'hessian'].includes(workload.kind) ? (await task.unit()).checks : [];
  await task.reset();
  const checks = [];
  for (let i = 0; i < 3; i++) checks.push(await task.step());
  await task.reset();
  for (let i = 0; i < (workload.skip ?? 0); i++) await task.step();
  // Compilers optimise on the way.
  if (workload.skip === undefined) await timedSteps({ ...workload, limitMs: 500 }, task);
  return checks;
}

async function timedRound(workload, task) {
  if (workload.kind === 'steps') return timedSteps(workload, task);
  const start = performance.now();
  let detail;
  const units = workload.units ?? 1;
  for (let i = 0; i < units; i++) detail = await task.unit();
  return { ms: performance.now() - start, count: units, ...detail };
}

/**
 * A workload that names a step to begin at goes on from round to round; the others begin anew, so that every round does
 * the same work.
 */
async function timedSteps(workload, task) {
  if (workload.skip === undefined) {
    await task.reset();
    await task.step();
  }
  const start = performance.now();
  let count = 0;
  while (count < workload.steps && performance.now() - start < workload.limitMs) {
    const loss = task.step();
    if (typeof loss !== 'number') await loss;
    count++;
  }
  return { ms: performance.now() - start, count };
}
