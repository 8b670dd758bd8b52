import { UserError } from '../../../base/errors.js';
import { product } from '../../../engine/shapes.js';
import type { Range, Snapshots } from '../../../measures/trajectory/snapshots.js';
import type { KeptSnapshots, TrainedNetwork } from '../../trained-network.js';

/** Which snapshots are looked at, and which of their parameters. */
export interface SnapshotChoice {
  readonly tensors?: readonly string[];
  readonly firstColumns?: number;
  readonly epochs?: readonly [number, number];
}

/** Snapshots of several runs, one run after the other. */
export interface JoinedSnapshots {
  readonly snapshots: Snapshots;
  /** The chosen parameters. */
  readonly columns: readonly Range[];
  /** Which snapshot is which. Shapes: [t] */
  readonly rows: readonly { readonly run: number; readonly epoch: number }[];
  /** The rows of each run. */
  readonly runs: readonly Range[];
}

/**
 * Joins the snapshots of runs of one network.
 * @throws UserError if a run has none, fewer than 2 are left, or two runs kept different tensors
 */
export function joinSnapshots(
  networks: readonly TrainedNetwork[],
  { tensors, firstColumns, epochs: [from, to] = [0, Number.POSITIVE_INFINITY] }: SnapshotChoice,
): JoinedSnapshots {
  const tables = networks.map(snapshotsOf);
  const first = tables[0]!;
  const rows = tables.flatMap((table, run) =>
    table.epochs.flatMap((epoch, at) => (epoch >= from && epoch <= to ? [{ run, epoch, at }] : [])),
  );
  if (rows.length < 2) throw new UserError(`trajectory: expected at least 2 snapshots, got ${rows.length}`);
  const names = (table: KeptSnapshots): string => table.tensors.map(({ name, shape }) => `${name} ${shape}`).join(', ');
  const odd = tables.find((table) => names(table) !== names(first));
  if (odd) throw new UserError(`trajectory: expected runs that kept ${names(first)}, got one with ${names(odd)}`);
  const runs = tables
    .map((_, run) => ({
      start: rows.findIndex((row) => row.run === run),
      end: rows.findLastIndex((row) => row.run === run) + 1,
    }))
    .filter(({ start }) => start >= 0);
  return {
    snapshots: {
      count: rows.length,
      parameterCount: first.width,
      read: (row, start, target) => tables[rows[row]!.run]!.read(rows[row]!.at, start, target),
    },
    columns: cut(chosenColumns(first, tensors), firstColumns),
    rows,
    runs,
  };
}

function snapshotsOf({ id, snapshots }: TrainedNetwork): KeptSnapshots {
  if (snapshots !== undefined) return snapshots;
  throw new UserError(
    `trajectory: expected trials with snapshots, got ${id.slice(0, 12)} without; train it with observe.snapshots`,
  );
}

function chosenColumns({ tensors, width }: KeptSnapshots, names: readonly string[] | undefined): readonly Range[] {
  if (names === undefined) return [{ start: 0, end: width }];
  const known = tensors.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UserError(`tensors: expected some of ${known.join(', ')}, got ${unknown}`);
  let end = 0;
  return tensors.flatMap(({ name, shape }) => {
    const start = end;
    end += product(shape);
    return names.includes(name) ? [{ start, end }] : [];
  });
}

/** The first so many of the chosen parameters. */
function cut(ranges: readonly Range[], columns = Number.POSITIVE_INFINITY): readonly Range[] {
  let left = columns;
  return ranges.flatMap(({ start, end }) => {
    const taken = Math.min(left, end - start);
    left -= taken;
    return taken > 0 ? [{ start, end: start + taken }] : [];
  });
}
