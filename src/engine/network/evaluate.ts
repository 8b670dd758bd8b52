import type { Dataset } from '../../base/dataset.js';
import type { ClassTally } from '../losses/define.js';
import { forward, type Machine, readOutputs } from './passes.js';
import type { Evaluation } from './types.js';

/** Mean loss and accuracies over a data set, dropout off. */
export function evaluate(machine: Machine, data: Dataset): Evaluation {
  const { loss, pass, output } = machine;
  machine.fits.targets(data);
  const zeros = (): number[] => new Array<number>(output.size).fill(0);
  const tally: ClassTally = { total: zeros(), correct: zeros() };
  let sum = 0;
  sweep(machine, data, () => {
    sum += loss.sum(pass, data.size, false);
    loss.countCorrect?.(pass, tally);
  });
  return { loss: sum / data.size, ...(loss.countCorrect && accuracies(tally)) };
}

/** Outputs for every sample, dropout off. Shapes: result [size, outputs] */
export function predict(machine: Machine, data: Dataset): Float32Array<ArrayBuffer> {
  const { output } = machine;
  const result = new Float32Array(data.size * output.size);
  sweep(machine, data, (start) => readOutputs(machine, output.value, start, result));
  return result;
}

/** Runs a whole data set forward, dropout off; `visit` follows each part, with its first sample. */
function sweep(machine: Machine, data: Dataset, visit: (start: number) => void): void {
  const { fits, limit, pass } = machine;
  fits.inputs(data);
  pass.training = false;
  pass.first = 0;
  for (let start = 0; start < data.size; start += limit) {
    forward(machine, { data, order: null, start, count: Math.min(limit, data.size - start) });
    visit(start);
  }
}

function accuracies({ total, correct }: ClassTally): Omit<Evaluation, 'loss'> {
  const right = correct.reduce((sum, n) => sum + n, 0);
  const all = total.reduce((sum, n) => sum + n, 0);
  return { accuracy: right / all, correct: right, classAccuracy: correct.map((n, c) => n / total[c]!) };
}
