import { counted } from '../../base/counted.js';
import { nameOf } from '../../fleet/hand.js';
import { openFleet } from '../../platform/node/fleet/fleet-admin.js';
import type { AgentRecord } from '../../platform/node/fleet/queue/registry.js';
import { columnLines, duration, print } from '../text.js';

/** Prints who is in a fleet, and what is being run. */
export async function statusCommand(url: string, options: { readonly json?: boolean }): Promise<void> {
  const fleet = await openFleet(url);
  try {
    const status = await fleet.status();
    if (options.json) return print(JSON.stringify(status));
    const { now, agents, coordinators, queues, banned } = status;
    for (const { host, version, identity, blobs } of coordinators) {
      print(`run of ${host}, version ${version} (${identity}), results in ${blobs}`);
    }
    if (coordinators.length === 0) print('no run is on');
    for (const { name, waiting, running, class: of } of queues) {
      // Large tasks are rare.
      if (of === 'cpu' || waiting + running > 0) print(`queue ${name}: ${waiting} waiting, ${running} being run`);
    }
    print(`${counted(agents.length, 'agent')}`, ...columnLines(agents.map((agent) => agentRow(agent, now))));
    for (const [name, reason] of Object.entries(banned)) print(`not believed any more: ${nameOf(name)} (${reason})`);
  } finally {
    await fleet.close();
  }
}

const agentRow = ({ name, host, state, slots, running, done, since }: AgentRecord, now: number): readonly string[] => [
  `  ${name}`,
  host,
  state,
  `${running.length} of ${counted(slots, 'slot')}`,
  counted(done, 'task'),
  `for ${duration(now - since)}`,
];

/** Lets agents end what they have in hand, and leave. */
export async function drainCommand(url: string, agent: string | undefined): Promise<void> {
  const fleet = await openFleet(url);
  try {
    await fleet.drain(agent);
    print(`${agent ?? 'all agents'}: no further task, then the end`);
  } finally {
    await fleet.close();
  }
}

/** Ends all runs of a fleet. */
export async function cancelCommand(url: string): Promise<void> {
  const fleet = await openFleet(url);
  try {
    const removed = await fleet.cancel();
    print(`${counted(removed, 'job')} taken out of the queue; what is being run is stopped`);
  } finally {
    await fleet.close();
  }
}
