import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { checkData } from '../../src/data/sources/index.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import part from '../mnist-part.json' with { type: 'json' };
import { readCsv } from '../state/csv.js';
import { withData } from '../state/specs.js';
import { Choice, Field, NumberField } from './fields.js';

interface Props {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

type Data = TrialSpec['data'];
type DataOf<K extends Data['kind']> = Extract<Data, { readonly kind: K }>;

/** Every kind of data with its words: a new one that is missing here is a type error. */
const kinds: Readonly<Record<Data['kind'], string>> = {
  function: 'a function',
  table: 'points of your own',
  mnist: 'handwritten digits',
  plane: 'points in the plane',
  formula: 'a formula of your own',
};

/** What each kind begins with. */
const usual: { readonly [K in Data['kind']]: DataOf<K> } = {
  function: { kind: 'function', name: 'sinc', points: 300 },
  table: { kind: 'table', inputs: [[-1], [-0.5], [0], [0.5], [1]], targets: [[0.2], [-0.4], [0.6], [0.1], [-0.3]] },
  mnist: { kind: 'mnist', trainSize: 1000, testSize: 500 },
  plane: { kind: 'plane', set: 'spiral' },
  formula: { kind: 'formula', formula: 'sin(3 * x) + x / 2', from: -3, to: 3 },
};

/** Which samples a network learns. */
export function DataEditor({ spec, onSpec }: Props) {
  const { data } = spec;
  const take = (next: Data): void => onSpec(withData(spec, next));
  return (
    <>
      <Choice label="Samples" value={data.kind} options={kinds} onChange={(kind) => take(usual[kind])} />
      <KindEditor data={data} take={take} />
    </>
  );
}

interface EditorProps<K extends Data['kind']> {
  readonly data: DataOf<K>;
  readonly take: (data: Data) => void;
}

function KindEditor({ data, take }: { readonly data: Data; readonly take: (data: Data) => void }) {
  switch (data.kind) {
    case 'function':
      return <FunctionEditor data={data} take={take} />;
    case 'table':
      return <TableEditor data={data} take={take} />;
    case 'mnist':
      return <MnistEditor data={data} take={take} />;
    case 'plane':
      return <PlaneEditor data={data} take={take} />;
    case 'formula':
      return <FormulaEditor data={data} take={take} />;
  }
}

const functions: Readonly<Record<DataOf<'function'>['name'], string>> = {
  sinc: 'sin(5πx) / 5πx',
  signSin: 'sign(sin(5πx))',
};

function FunctionEditor({ data, take }: EditorProps<'function'>) {
  return (
    <>
      <Choice label="Function" value={data.name} options={functions} onChange={(name) => take({ ...data, name })} />
      <NumberField
        label="Points"
        value={data.points ?? 300}
        min={2}
        max={5000}
        step={1}
        onChange={(points) => take({ ...data, points })}
      />
    </>
  );
}

const planeSets: Readonly<Record<DataOf<'plane'>['set'], string>> = {
  spiral: 'spiral',
  circles: 'circles',
  xor: 'xor',
  moons: 'moons',
  gaussians: 'clouds',
};

function PlaneEditor({ data, take }: EditorProps<'plane'>) {
  const { classes: _, ...ofTwo } = data;
  return (
    <>
      <Choice label="Set" value={data.set} options={planeSets} onChange={(set) => take({ ...ofTwo, set })} />
      <NumberField
        label="Noise"
        value={data.noise ?? 0.1}
        min={0}
        max={10}
        onChange={(noise) => take({ ...data, noise })}
      />
      <NumberField
        label="Training points"
        value={data.trainSize ?? 200}
        min={2}
        max={5000}
        step={1}
        onChange={(trainSize) => take({ ...data, trainSize })}
      />
    </>
  );
}

function FormulaEditor({ data, take }: EditorProps<'formula'>) {
  const problem = useSignal('');
  const read = (input: HTMLInputElement): void => {
    try {
      const next = { ...data, formula: input.value };
      checkData(next);
      problem.value = '';
      take(next);
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  return (
    <>
      <Field label="Formula of x" hint="such as sin(3 * x) + x / 2">
        {(id) => (
          <input
            id={id}
            type="text"
            spellcheck={false}
            value={data.formula}
            aria-invalid={problem.value !== ''}
            onChange={(event) => read(event.currentTarget)}
          />
        )}
      </Field>
      <p role="alert" class="problem">
        {problem.value}
      </p>
      <NumberField
        label="Noise"
        value={data.noise ?? 0}
        min={0}
        max={1000}
        onChange={(noise) => take({ ...data, noise })}
      />
    </>
  );
}

function MnistEditor({ data, take }: EditorProps<'mnist'>) {
  const { randomLabels } = data;
  const share = randomLabels?.fraction ?? 0;
  const { randomLabels: _, ...plain } = data;
  return (
    <>
      <NumberField
        label="Training images"
        value={data.trainSize ?? part.train}
        min={1}
        max={part.train}
        step={1}
        hint={`at most ${part.train}`}
        onChange={(trainSize) => take({ ...data, trainSize })}
      />
      <NumberField
        label="Test images"
        value={data.testSize ?? part.test}
        min={1}
        max={part.test}
        step={1}
        hint={`at most ${part.test}`}
        onChange={(testSize) => take({ ...data, testSize })}
      />
      <NumberField
        label="Share of random labels"
        value={share}
        min={0}
        max={1}
        onChange={(fraction) =>
          take({ ...plain, ...(fraction > 0 && { randomLabels: { fraction, seed: randomLabels?.seed ?? 1 } }) })
        }
      />
    </>
  );
}

/** Points as text: a row a sample, the last column what the network should make of the others. */
function TableEditor({ data, take }: EditorProps<'table'>) {
  const text = useSignal(textOf(data));
  const problem = useSignal('');
  useEffect(() => {
    text.value = textOf(data);
  }, [data, text]);
  const read = (): void => {
    try {
      const { rows } = readCsv(text.value);
      const width = rows[0]?.length ?? 0;
      if (width < 2) throw new Error('expected at least two columns: inputs, and what to make of them');
      problem.value = '';
      take({ kind: 'table', inputs: rows.map((row) => row.slice(0, -1)), targets: rows.map((row) => row.slice(-1)) });
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  return (
    <>
      <Field label="Rows: inputs, then the target" hint="paste a CSV, or add points by clicking into the picture">
        {(id) => (
          <textarea
            id={id}
            rows={7}
            spellcheck={false}
            value={text.value}
            aria-invalid={problem.value !== ''}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value;
            }}
          />
        )}
      </Field>
      <p role="alert" class="problem">
        {problem.value}
      </p>
      <button type="button" onClick={read}>
        Take these points
      </button>
    </>
  );
}

const textOf = ({ inputs, targets, labels }: DataOf<'table'>): string =>
  inputs.map((row, i) => [...row, ...(targets?.[i] ?? [labels?.[i]])].join(', ')).join('\n');
