import type { MetricName, MetricRow } from '../../src/engine/index.js';
import type { PackedRows } from './protocol.js';

/** Rows of observations in memory, by columns: a million of them take a few dozen megabytes. */
export interface Rows {
  readonly count: number;
  /** Step of the last one; 0 where there is none. */
  readonly lastStep: number;
  add(row: MetricRow): void;
  /** The rows from one on; `most` at most. */
  slice(from: number, most?: number): PackedRows;
  /** Every row as it was added. */
  all(): Iterable<MetricRow>;
}

const firstRoom = 1024;

const grown = (values: Float64Array<ArrayBuffer>, room: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(room);
  larger.set(values);
  return larger;
};

/** An empty store of rows. */
export function createRows(): Rows {
  const names: MetricName[] = [];
  const places = new Map<string, number>();
  let columns: Float64Array<ArrayBuffer>[] = [];
  let room = firstRoom;
  let [steps, epochs] = [new Float64Array(room), new Float64Array(room)];
  let mask = new Uint32Array(room);
  let count = 0;

  const grow = (): void => {
    room *= 2;
    [steps, epochs] = [grown(steps, room), grown(epochs, room)];
    columns = columns.map((column) => grown(column, room));
    const wider = new Uint32Array(room);
    wider.set(mask);
    mask = wider;
  };
  const placeOf = (name: string): number => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, names.length);
    names.push(name as MetricName);
    columns.push(new Float64Array(room));
    return names.length - 1;
  };
  const rowAt = (i: number): MetricRow => {
    const row: Record<string, number> = { epoch: epochs[i]!, step: steps[i]! };
    names.forEach((name, place) => {
      if (mask[i]! & (1 << place)) row[name] = columns[place]![i]!;
    });
    return row as MetricRow;
  };
  return {
    get count() {
      return count;
    },
    get lastStep() {
      return count === 0 ? 0 : steps[count - 1]!;
    },
    add({ step, epoch, ...values }) {
      if (count === room) grow();
      [steps[count], epochs[count]] = [step, epoch];
      for (const name in values) {
        const place = placeOf(name);
        mask[count]! |= 1 << place;
        columns[place]![count] = (values as Record<string, number>)[name]!;
      }
      count++;
    },
    slice(from, most = Number.POSITIVE_INFINITY) {
      const end = Math.min(count, from + most);
      return {
        count: end - from,
        names: [...names],
        steps: steps.slice(from, end),
        epochs: epochs.slice(from, end),
        mask: mask.slice(from, end),
        columns: columns.map((column) => column.slice(from, end)),
      };
    },
    *all() {
      for (let i = 0; i < count; i++) yield rowAt(i);
    },
  };
}
