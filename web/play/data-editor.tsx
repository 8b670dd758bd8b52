import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { checkData } from '../../src/data/sources/index.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import part from '../mnist-part.json' with { type: 'json' };
import { withData } from '../state/specs.js';
import { tableOf } from '../state/table.js';
import { Choice, Field, NumberField, Toggle } from './fields.js';

interface Props {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

type Data = TrialSpec['data'];
type DataOf<K extends Data['kind']> = Extract<Data, { readonly kind: K }>;

/** Every kind of data with its words: a new one that is missing here is a type error. */
const kinds: Readonly<Record<Data['kind'], string>> = {
  function: 'a function of the report',
  formula: 'a formula of your own',
  plane: 'points in the plane',
  table: 'points of your own',
  mnist: 'handwritten digits',
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
  spiral: 'spirals',
  circles: 'rings',
  xor: 'chess board (xor)',
  moons: 'two moons',
  gaussians: 'clouds',
};
const ofTwo: readonly string[] = ['xor', 'moons'];

function PlaneEditor({ data, take }: EditorProps<'plane'>) {
  const { set, classes = 2, trainSize = 200, testSize = 200, noise = 0.1, seed = 0 } = data;
  return (
    <>
      <Choice
        label="Set"
        value={set}
        options={planeSets}
        onChange={(next) => take({ ...data, set: next, classes: ofTwo.includes(next) ? 2 : classes })}
      />
      {!ofTwo.includes(set) && (
        <NumberField
          label="Classes"
          value={classes}
          min={2}
          max={6}
          step={1}
          onChange={(value) => take({ ...data, classes: value })}
        />
      )}
      <div class="pair">
        <NumberField
          label="Training points"
          value={trainSize}
          min={2}
          max={5000}
          step={1}
          onChange={(value) => take({ ...data, trainSize: value })}
        />
        <NumberField
          label="Test points"
          value={testSize}
          min={0}
          max={5000}
          step={1}
          onChange={(value) => take({ ...data, testSize: value })}
        />
      </div>
      <div class="pair">
        <NumberField
          label="Noise"
          value={noise}
          min={0}
          max={10}
          onChange={(value) => take({ ...data, noise: value })}
        />
        <NumberField
          label="Seed of the points"
          value={seed}
          min={0}
          max={2 ** 32 - 1}
          step={1}
          onChange={(value) => take({ ...data, seed: value })}
        />
      </div>
      <LabelNoise data={data} take={take} />
    </>
  );
}

function FormulaEditor({ data, take }: EditorProps<'formula'>) {
  const problem = useSignal('');
  const { from = -1, to = 1, noise = 0, points = 300, testPoints = 0 } = data;
  const checked = (next: DataOf<'formula'>): void => {
    try {
      checkData(next);
      problem.value = '';
      take(next);
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  return (
    <>
      <Field label="f(x) =" hint="such as sin(3 * x) + x / 2">
        {(id) => (
          <input
            id={id}
            class="mono"
            spellcheck={false}
            autocomplete="off"
            value={data.formula}
            aria-invalid={problem.value !== ''}
            onChange={({ currentTarget }) => checked({ ...data, formula: currentTarget.value })}
          />
        )}
      </Field>
      <p role="alert" class="problem">
        {problem.value}
      </p>
      <div class="pair">
        <NumberField label="From" value={from} onChange={(value) => checked({ ...data, from: value })} />
        <NumberField label="To" value={to} onChange={(value) => checked({ ...data, to: value })} />
      </div>
      <div class="pair">
        <NumberField
          label="Points"
          value={points}
          min={2}
          max={5000}
          step={1}
          onChange={(value) => checked({ ...data, points: value })}
        />
        <NumberField
          label="Noise"
          value={noise}
          min={0}
          max={1000}
          onChange={(value) => checked({ ...data, noise: value })}
        />
      </div>
      <NumberField
        label="Points to test on"
        value={testPoints}
        min={0}
        max={5000}
        step={1}
        onChange={(value) => checked({ ...data, testPoints: value })}
      />
    </>
  );
}

function MnistEditor({ data, take }: EditorProps<'mnist'>) {
  return (
    <>
      <div class="pair">
        <NumberField
          label="Training images"
          value={data.trainSize ?? part.train}
          min={1}
          max={part.train}
          step={1}
          onChange={(trainSize) => take({ ...data, trainSize })}
        />
        <NumberField
          label="Test images"
          value={data.testSize ?? part.test}
          min={1}
          max={part.test}
          step={1}
          onChange={(testSize) => take({ ...data, testSize })}
        />
      </div>
      <LabelNoise data={data} take={take} />
    </>
  );
}

/** The share of training labels that are drawn anew. */
function LabelNoise({ data, take }: EditorProps<'plane' | 'mnist'>) {
  const { randomLabels, ...plain } = data;
  return (
    <NumberField
      label="Share of random labels"
      value={randomLabels?.fraction ?? 0}
      min={0}
      max={1}
      onChange={(fraction) =>
        take({ ...plain, ...(fraction > 0 && { randomLabels: { fraction, seed: randomLabels?.seed ?? 1 } }) })
      }
    />
  );
}

/** Points as text: a row a sample, the last column what the network should make of the others, or its class. */
function TableEditor({ data, take }: EditorProps<'table'>) {
  const text = useSignal(textOf(data));
  const classes = useSignal(data.labels !== undefined);
  const problem = useSignal('');
  useEffect(() => {
    text.value = textOf(data);
  }, [data, text]);
  const read = (): void => {
    try {
      problem.value = '';
      take(tableOf(text.value, classes.value));
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  return (
    <>
      <Field label="Rows: inputs, then the target" hint="paste a CSV; with one input, draw into the picture as well">
        {(id) => (
          <textarea
            id={id}
            class="mono"
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
      <Toggle
        label="The last column is a class: 0, 1, 2, …"
        on={classes.value}
        onChange={(on) => {
          classes.value = on;
        }}
      />
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
  inputs.map((row, i) => [...row, ...(targets?.[i] ?? []), ...(labels ? [labels[i]] : [])].join(', ')).join('\n');
