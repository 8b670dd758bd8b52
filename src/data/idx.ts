import { UserError } from '../base/errors.js';

const unsignedByte = 0x08;
const mostAxes = 4;

/** What an IDX file of bytes holds: an array with its shape, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes: 0, 0, type 8, number of axes, each axis' length (32 bits, big-endian), values.
 * `values` is a view of `bytes`: nothing is copied, and no length in the file is trusted before it is compared with
 * what is there.
 *
 * Reference: LeCun, Cortes & Burges, "The MNIST database of handwritten digits".
 * @throws UserError that begins with `where` and says what of the format does not hold
 */
export function readIdx(bytes: Uint8Array, where: string): IdxArray {
  const fail = (expected: string, got: string) => new UserError(`${where}: expected ${expected}, got ${got}`);
  const [zero0, zero1, type, axes] = bytes;
  if (axes === undefined) throw fail('an IDX file', `${bytes.length} bytes`);
  if (zero0 !== 0 || zero1 !== 0) {
    const hint = zero0 === 0x1f && zero1 === 0x8b ? ' (a gzip file: unpack it first)' : '';
    throw fail('an IDX file, which begins with two zero bytes', `${zero0}, ${zero1}${hint}`);
  }
  if (type !== unsignedByte) throw fail('an IDX file of unsigned bytes (type 8)', `type ${type}`);
  if (axes < 1 || axes > mostAxes) throw fail(`an IDX file of 1 to ${mostAxes} axes`, `${axes}`);
  const header = 4 + 4 * axes;
  if (bytes.length < header) throw fail(`a header of ${header} bytes`, `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  const values = bytes.subarray(header);
  if (values.length !== size) {
    throw fail(`${size} bytes after the header for the shape [${shape.join(', ')}]`, `${values.length}`);
  }
  return { shape, values };
}
