import { curveInputs } from '../plots/pictures/fit.js';
import { planeCells } from '../plots/pictures/paint-plane.js';
import { planeRequest } from '../plots/pictures/plane.js';
import { shares } from '../plots/pictures/shares.js';
import type { RunView } from '../state/run-view.js';
import type { SampleFacts } from '../worker/protocol.js';
import type { Table } from './csv.js';

type Row = Table['rows'][number];

/** The picture of some runs on the same samples as numbers: the samples, and what each network makes of its inputs. */
export function pictureTable(views: readonly RunView[]): Table {
  const samples = views[0]!.facts.value!.samples;
  if (samples.digits) return digitTable(views, samples.digits.labels);
  return samples.width === 1 ? curveTable(views, samples) : planeTable(views, samples);
}

function curveTable(views: readonly RunView[], samples: SampleFacts): Table {
  const xs = curveInputs(samples);
  const curves = views.flatMap(({ label, picture }) =>
    Array.from(picture.value?.outputs ?? [], (y, i): Row => [`network ${label}`, xs[i]!, y]),
  );
  return { columns: ['of', 'x', 'y'], rows: [...sampleRows(samples), ...curves] };
}

/** Rows of what is given: inputs, then the target or the class. */
function sampleRows({ train, test, width }: SampleFacts): readonly Row[] {
  const rows = (name: string, { inputs, targets }: NonNullable<SampleFacts['train']>): readonly Row[] =>
    Array.from(targets, (target, i) => [name, ...inputs.subarray(i * width, (i + 1) * width), target]);
  return [...(train ? rows('sample', train) : []), ...(test ? rows('test sample', test) : [])];
}

function planeTable(views: readonly RunView[], samples: SampleFacts): Table {
  const { x, y } = planeRequest(samples)!;
  const between = ([low, high]: readonly [number, number], i: number): number =>
    low + ((high - low) * (i + 0.5)) / planeCells;
  const networks = views.flatMap(({ label, picture }) => {
    const { outputs, width } = picture.value ?? { outputs: new Float32Array(), width: 1 };
    return Array.from({ length: outputs.length / width }, (_, i): Row => {
      const [row, column] = [Math.floor(i / planeCells), i % planeCells];
      const at = [between(x, column), between(y, planeCells - 1 - row)];
      return [`network ${label}`, ...at, '', ...outputs.subarray(i * width, (i + 1) * width)];
    });
  });
  const named = Array.from({ length: samples.outputs }, (_, i) => `output ${i}`);
  const given = sampleRows(samples).map((row): Row => [...row, ...named.map(() => '')]);
  return { columns: ['of', 'x', 'y', 'target', ...named], rows: [...given, ...networks] };
}

function digitTable(views: readonly RunView[], labels: Uint8Array): Table {
  const rows = views.flatMap(({ label, picture }) => {
    const { outputs, width } = picture.value ?? { outputs: new Float32Array(), width: 1 };
    return Array.from({ length: outputs.length / width }, (_, i): Row => {
      const isDrawn = i >= labels.length;
      return [label, isDrawn ? 'drawn' : i, isDrawn ? '' : labels[i]!, ...shares(outputs, width, i)];
    });
  });
  const named = Array.from({ length: 10 }, (_, digit) => `share of ${digit}`);
  return { columns: ['run', 'image', 'label', ...named], rows };
}
