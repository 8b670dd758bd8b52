import type { FleetCounts } from './run-fleet.js';

/** How a fleet is at a moment. */
export interface FleetMetrics {
  readonly project: string;
  /** What the coordinator counts; undefined before it has begun. */
  readonly counts: FleetCounts | undefined;
  readonly queues: readonly { readonly name: string; readonly waiting: number; readonly running: number }[];
  readonly agents: readonly { readonly state: string; readonly slots: number; readonly running: number }[];
  readonly banned: number;
}

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];
/** A comment, or a sample of a name. */
type Line = string | { readonly name: string; readonly labels: Labels; readonly value: number };

const agentStates = ['works', 'waits', 'drains'] as const;

/** The same in the text format of Prometheus, version 0.0.4. */
export function metricsText({ project, counts, queues, agents, banned }: FleetMetrics): string {
  const total = (of: 'slots' | 'running'): number => agents.reduce((sum, agent) => sum + agent[of], 0);
  const lines = [
    ...family('descent_tasks', 'gauge', 'Tasks of the run that its store did not hold, by what has become of them.', [
      ...Object.entries(counts?.tasks ?? {}).map(([state, count]): Sample => [{ state }, count]),
    ]),
    ...family('descent_jobs', 'gauge', 'Jobs in the queue.', [
      ...queues.flatMap(({ name, waiting, running }): Sample[] => [
        [{ queue: name, state: 'waiting' }, waiting],
        [{ queue: name, state: 'running' }, running],
      ]),
    ]),
    ...family('descent_agents', 'gauge', 'Agents that were seen in the last minute.', [
      ...agentStates.map((state): Sample => [{ state }, agents.filter((agent) => agent.state === state).length]),
    ]),
    ...family('descent_agent_slots', 'gauge', 'Tasks that the agents can run side by side.', [[{}, total('slots')]]),
    ...family('descent_agent_slots_busy', 'gauge', 'Tasks that the agents run.', [[{}, total('running')]]),
    ...family('descent_agents_banned', 'gauge', 'Agents that are not believed any more.', [[{}, banned]]),
    ...(counts ? countLines(counts) : []),
  ];
  return lines.map((line) => (typeof line === 'string' ? line : sampleLine(project, line))).join('');
}

function countLines({ lost, resumed, withdrawn, audited, unaudited }: FleetCounts): readonly Line[] {
  return [
    ...family('descent_jobs_lost_total', 'counter', 'Jobs whose agent was lost.', [[{}, lost]]),
    ...family('descent_tasks_resumed_total', 'counter', 'Tasks that resumed from a checkpoint.', [[{}, resumed]]),
    ...family('descent_results_withdrawn_total', 'counter', 'Results that were taken back.', [[{}, withdrawn]]),
    ...family('descent_results_audited_total', 'counter', 'Results that were run again elsewhere.', [[{}, audited]]),
    ...family('descent_results_unaudited_total', 'counter', 'Results that were to be, and were not.', [
      [{}, unaudited],
    ]),
  ];
}

function family(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): readonly Line[] {
  const head = [`# HELP ${name} ${help}\n`, `# TYPE ${name} ${type}\n`];
  return [...head, ...samples.map(([labels, value]) => ({ name, labels, value }))];
}

function sampleLine(project: string, { name, labels, value }: Exclude<Line, string>): string {
  const pairs = Object.entries({ project, ...labels }).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}{${pairs.join(',')}} ${value}\n`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
