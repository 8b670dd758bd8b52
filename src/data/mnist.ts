import type { Dataset } from '../base/dataset.js';
import { UserError } from '../base/errors.js';
import { readIdx } from './idx.js';
import { newBytes } from './shared.js';

/** One of MNIST's four files as its authors publish it, unpacked. */
export interface MnistFile {
  /** Usual name; some copies have a dot before `idx`. */
  readonly name: string;
  readonly about: string;
  readonly shape: readonly number[];
  /** Length of the file, header included. */
  readonly bytes: number;
  readonly md5: string;
}

/** MNIST's four files, with their official MD5. */
export const mnistFiles = {
  trainImages: {
    name: 'train-images-idx3-ubyte',
    about: '60,000 training images',
    shape: [60_000, 28, 28],
    bytes: 47_040_016,
    md5: '6bbc9ace898e44ae57da46a324031adb',
  },
  trainLabels: {
    name: 'train-labels-idx1-ubyte',
    about: '60,000 training labels',
    shape: [60_000],
    bytes: 60_008,
    md5: 'a25bea736e30d166cdddb491f175f624',
  },
  testImages: {
    name: 't10k-images-idx3-ubyte',
    about: '10,000 test images',
    shape: [10_000, 28, 28],
    bytes: 7_840_016,
    md5: '2646ac647ad5339dbf082846283269ea',
  },
  testLabels: {
    name: 't10k-labels-idx1-ubyte',
    about: '10,000 test labels',
    shape: [10_000],
    bytes: 10_008,
    md5: '27ae3e4e09519cfbb04c329615203637',
  },
} as const satisfies Readonly<Record<string, MnistFile>>;

/** Names one of the four files. */
export type MnistFileKey = keyof typeof mnistFiles;

/** MNIST's two data sets. Shapes: inputs [60000 or 10000, 1, 28, 28] bytes, targets the labels 0-9. */
export interface Mnist {
  readonly train: Dataset;
  readonly test: Dataset;
}

/**
 * Makes the two data sets of the four unpacked files. The bytes are copied, with `shared` into memory that workers can
 * share.
 * @throws UserError if a file is not an IDX file of the shape that MNIST has, or a label is above 9
 */
export function assembleMnist(
  files: Readonly<Record<MnistFileKey, Uint8Array>>,
  { shared = false }: { readonly shared?: boolean } = {},
): Mnist {
  const values = (key: MnistFileKey) => {
    const read = contents(files[key], mnistFiles[key]);
    const copy = newBytes(read.length, shared);
    copy.set(read);
    return copy;
  };
  const inputShape = [1, 28, 28];
  return {
    train: {
      name: 'mnist-train',
      size: mnistFiles.trainLabels.shape[0],
      inputShape,
      inputs: values('trainImages'),
      targets: values('trainLabels'),
    },
    test: {
      name: 'mnist-test',
      size: mnistFiles.testLabels.shape[0],
      inputShape,
      inputs: values('testImages'),
      targets: values('testLabels'),
    },
  };
}

function contents(bytes: Uint8Array, file: MnistFile): Uint8Array {
  const { shape, values } = readIdx(bytes, file.name);
  if (shape.join() !== file.shape.join()) {
    throw new UserError(
      `${file.name}: expected ${file.about} of shape [${file.shape.join(', ')}], got [${shape.join(', ')}]`,
    );
  }
  const isLabels = file.shape.length === 1;
  const wrong = isLabels ? values.findIndex((label) => label > 9) : -1;
  if (wrong >= 0) throw new UserError(`${file.name}: expected labels from 0 to 9, got ${values[wrong]} at ${wrong}`);
  return values;
}
