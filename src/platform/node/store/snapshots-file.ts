import { openSync, readSync, statSync } from 'node:fs';
import { UserError } from '../../../base/errors.js';
import { product } from '../../../engine/shapes.js';
import { safetensorsLayout, writeSafetensors } from '../../../lab/safetensors.js';
import type { KeptSnapshots } from '../../../measurements/trained-network.js';
import type { SnapshotTable } from '../../../tasks/snapshot-table.js';

/** More than the header of a file with two tensors takes. */
const headBytes = 4096;

/** A trial's snapshots as a safetensors file: `epochs` [t], then `snapshots` [t][width]. */
export function snapshotBytes({ epochs, width, values }: SnapshotTable): Uint8Array {
  return writeSafetensors([
    { name: 'epochs', shape: [epochs.length], values: Float32Array.from(epochs) },
    { name: 'snapshots', shape: [epochs.length, width], values },
  ]);
}

/**
 * Opens such a file, of which rows are read from the disk when they are asked for; `tensors` says what a row holds. It
 * stays open as long as the process.
 * @throws UserError if the file is damaged or not of these tensors; it names the file
 */
export function openSnapshots(path: string, tensors: KeptSnapshots['tensors']): KeptSnapshots {
  const file = openSync(path, 'r');
  const { size } = statSync(path);
  const head = new Uint8Array(Math.min(size, headBytes));
  readSync(file, head, 0, head.length, 0);
  const places = safetensorsLayout(head, size, path);
  const [epochs, rows] = ['epochs', 'snapshots'].map((name) => places.find((place) => place.name === name));
  const width = tensors.reduce((sum, { shape }) => sum + product(shape), 0);
  if (!epochs || !rows || rows.length !== epochs.length * width) {
    throw new UserError(`${path}: expected epochs and rows of ${width} numbers, got ${JSON.stringify(places)}`);
  }
  const read = (start: number, target: Float32Array): void => {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    const count = readSync(file, bytes, 0, bytes.length, start);
    if (count !== bytes.length)
      throw new UserError(`${path}: expected ${bytes.length} bytes at ${start}, got ${count}`);
  };
  const taken = new Float32Array(epochs.length);
  read(epochs.start, taken);
  return {
    epochs: Array.from(taken),
    tensors,
    width,
    read: (row, start, target) => read(rows.start + 4 * (row * width + start), target),
  };
}
