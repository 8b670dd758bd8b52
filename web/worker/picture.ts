import type { Dataset } from '../../src/base/dataset.js';
import { firstSamples } from '../../src/data/index.js';
import type { OpenTrial } from '../../src/tasks/time-travel/open-trial.js';
import type { LiveRun } from './live-run.js';
import type { Picture, PictureRequest } from './protocol.js';

/** Outputs of a network where it stands, for what the page draws. */
export function takePicture({ machine: { trial } }: LiveRun, request: PictureRequest): Picture {
  const data = inputsFor(trial.data, request);
  const outputs = trial.predict(data);
  return { kind: request.kind, outputs, width: outputs.length / data.size };
}

function inputsFor({ train, test }: OpenTrial['data'], request: PictureRequest): Dataset {
  switch (request.kind) {
    case 'curve':
      return unlabelled(train, request.xs);
    case 'plane':
      return unlabelled(train, grid(request));
    case 'digits': {
      const shown = firstSamples(test ?? train, Math.min(request.count, (test ?? train).size));
      return request.drawn ? withOneMore(shown, request.drawn) : shown;
    }
  }
}

/** Inputs without a right answer. */
function unlabelled(like: Dataset, inputs: Float32Array): Dataset {
  const width = like.inputs.length / like.size;
  const size = inputs.length / width;
  const labels = like.targets instanceof Uint8Array;
  const targets = labels ? new Uint8Array(size) : new Float32Array((like.targets.length / like.size) * size);
  return { ...like, name: 'grid', size, inputs, targets };
}

function grid({ columns, rows, x, y }: Extract<PictureRequest, { kind: 'plane' }>): Float32Array {
  const inputs = new Float32Array(2 * columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column);
      inputs[at] = x[0] + ((x[1] - x[0]) * (column + 0.5)) / columns;
      inputs[at + 1] = y[1] - ((y[1] - y[0]) * (row + 0.5)) / rows;
    }
  }
  return inputs;
}

function withOneMore(data: Dataset, pixels: Uint8Array): Dataset {
  const inputs = new Uint8Array(data.inputs.length + pixels.length);
  inputs.set(data.inputs);
  inputs.set(pixels, data.inputs.length);
  const targets = new Uint8Array(data.size + 1);
  targets.set(data.targets);
  return { ...data, size: data.size + 1, inputs, targets };
}
