import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { activationWords, endsOf } from '../state/specs.js';
import { Choice } from './fields.js';

interface Props {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

const mostWidth = 2000;
const mostHidden = 30;

/** Hidden layers of a multilayer perceptron, one a row. */
export function NetworkEditor({ spec, onSpec }: Props) {
  const { model } = spec;
  const ends = endsOf(spec.data);
  if (model.kind === 'layers') return null;
  const hidden = model.widths.slice(1, -1);
  const withHidden = (widths: readonly number[]): void =>
    onSpec({ ...spec, model: { ...model, widths: [ends.inputs, ...widths, ends.outputs] } });
  return (
    <>
      <Choice
        label="Activation"
        value={model.activation}
        options={activationWords}
        onChange={(activation) => onSpec({ ...spec, model: { ...model, activation } })}
      />
      <fieldset class="layers">
        <legend>
          Hidden layers, from {ends.inputs} input{ends.inputs === 1 ? '' : 's'} to {ends.outputs} output
          {ends.outputs === 1 ? '' : 's'}
        </legend>
        <ol>
          {hidden.map((width, i) => (
            <li key={i}>
              <input
                type="number"
                aria-label={`Width of hidden layer ${i + 1}`}
                min={1}
                max={mostWidth}
                step={1}
                value={width}
                onChange={({ currentTarget }) => {
                  const typed = currentTarget.valueAsNumber;
                  if (Number.isInteger(typed) && typed >= 1 && typed <= mostWidth) withHidden(hidden.with(i, typed));
                  else currentTarget.value = String(width);
                }}
              />
              <button
                type="button"
                aria-label={`Remove hidden layer ${i + 1}`}
                onClick={() => withHidden(hidden.toSpliced(i, 1))}
              >
                ×
              </button>
            </li>
          ))}
        </ol>
        <button
          type="button"
          disabled={hidden.length >= mostHidden}
          onClick={() => withHidden([...hidden, hidden.at(-1) ?? 10])}
        >
          Add a layer
        </button>
      </fieldset>
    </>
  );
}
