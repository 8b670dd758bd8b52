import { createServer } from 'node:http';
import { reasonOf } from '../../../../fleet/limited.js';
import { type FleetMetrics, metricsText } from '../../../../fleet/metrics.js';
import { listen } from '../listen.js';
import type { BullQueue } from '../queue/bull-queue.js';
import type { Registry } from '../queue/registry.js';

/** Where metrics are served. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** What metrics are of. */
export interface MetricsSources {
  readonly project: string;
  readonly registry: Registry;
  readonly queue: BullQueue;
  readonly counts: () => FleetMetrics['counts'];
}

/**
 * Serves /metrics in the text format of Prometheus; returns what closes it. There is nothing secret in it, and nobody
 * can do anything by it.
 * @throws UserError if nobody can listen there
 */
export function serveMetrics(address: MetricsAddress, sources: MetricsSources): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end('expected /metrics\n');
    try {
      const text = metricsText(await gather(sources));
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    } catch (error) {
      response.writeHead(503).end(`${reasonOf(error)}\n`);
    }
  });
  return listen(server, { ...address, what: `metrics ${address.host}:${address.port}` });
}

async function gather({ project, registry, queue, counts }: MetricsSources): Promise<FleetMetrics> {
  const [queues, agents, banned] = await Promise.all([queue.counts(), registry.agents(), registry.banned()]);
  return {
    project,
    counts: counts(),
    queues: queues.map(({ class: of, waiting, running }) => ({ name: of, waiting, running })),
    agents: agents.map(({ state, slots, running }) => ({ state, slots, running: running.length })),
    banned: Object.keys(banned).length,
  };
}
