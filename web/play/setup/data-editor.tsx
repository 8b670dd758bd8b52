import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import part from '../../mnist-part.json' with { type: 'json' };
import { withData } from '../../state/specs.js';
import { Choice, NumberField } from '../fields.js';
import { FormulaEditor } from './formula-editor.js';
import { type Data, type DataOf, type EditorProps, LabelNoise } from './label-noise.js';
import { PlaneEditor } from './plane-editor.js';
import { curvePoints, TableEditor } from './table-editor.js';

interface Props {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

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
  table: curvePoints,
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
