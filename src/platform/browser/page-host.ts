import { UserError } from '../../base/errors.js';
import type { Mnist } from '../../data/index.js';
import { idOf } from '../../lab/task.js';
import type { KeptSnapshots } from '../../measurements/trained-network.js';
import type { FinishedTrial } from '../../tasks/finished-trial.js';
import type { SnapshotTable } from '../../tasks/snapshot-table.js';
import type { TrialOutcome } from '../../tasks/trial-result.js';
import type { TrialSpec } from '../../tasks/trial-spec.js';
import { fetchMnist } from './mnist-source.js';

/** What trials and measurements need of a page: data from the web, and the trials that ended in it. */
export interface PageHost {
  readonly loadMnist: () => Promise<Mnist>;
  /** @throws UserError if no trial of this id was kept */
  readonly loadTrial: (id: string) => Promise<FinishedTrial>;
  /** Keeps what a trial came to, for measurements and trials that start from it. Returns its id. */
  readonly keep: (spec: TrialSpec, outcome: TrialOutcome) => string;
}

/**
 * A host in which nothing outlives the page. MNIST is fetched once, when a trial first asks for it, from the four
 * unpacked files under `mnistUrl`.
 *
 *     const host = pageHost('https://example.org/mnist/');
 *     const spec = parseTrialSpec(json);
 *     const id = host.keep(spec, await runTrial(spec, { ...host, onRow: draw }));
 *     const hessian = { kind: 'measurement', measure: { name: 'hessian' }, of: [id], seed: 1 };
 *     const { result } = await runMeasurement(hessian, host);
 */
export function pageHost(mnistUrl: string): PageHost {
  let mnist: Promise<Mnist> | undefined;
  const finished = new Map<string, FinishedTrial>();
  return {
    loadMnist: () => (mnist ??= fetchMnist(mnistUrl)),
    async loadTrial(id) {
      const found = finished.get(id);
      if (found === undefined) throw new UserError(`trial ${id}: expected one that ended in this page, got none`);
      return found;
    },
    keep(spec, { parameters, snapshots }) {
      const id = idOf(spec);
      finished.set(id, { id, spec, parameters, ...(snapshots && { snapshots: rowsOf(snapshots) }) });
      return id;
    },
  };
}

/** A table in memory, read as one on a disk is. */
function rowsOf({ epochs, tensors, width, values }: SnapshotTable): KeptSnapshots {
  return {
    epochs,
    tensors,
    width,
    read(row, start, target) {
      const from = row * width + start;
      target.set(values.subarray(from, from + target.length));
    },
  };
}
