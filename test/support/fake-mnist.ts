import type { Mnist } from '../../src/data/index.js';

/** 40 images of which each shows its label as a bright line. */
export function fakeMnist(): Mnist {
  const images = (size: number, name: string) => {
    const inputs = new Uint8Array(size * 784);
    const targets = Uint8Array.from({ length: size }, (_, i) => i % 10);
    targets.forEach((label, i) => {
      inputs.fill(255, i * 784 + label * 28, i * 784 + label * 28 + 28);
    });
    return { name, size, inputShape: [1, 28, 28], inputs, targets };
  };
  return { train: images(40, 'train'), test: images(20, 'test') };
}
