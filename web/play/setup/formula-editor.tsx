import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { checkData } from '../../../src/data/sources/index.js';
import { Field, NumberField } from '../fields.js';
import type { DataOf, EditorProps } from './label-noise.js';

type FormulaData = DataOf<'formula'>;

/**
 * A function of one's own, as a formula of x; what is wrong with it stands below, what was typed is there to be mended,
 * and the run stays as it is.
 */
export function FormulaEditor({ data, take }: EditorProps<'formula'>) {
  const text = useSignal(data.formula);
  const problem = useSignal('');
  useEffect(() => {
    text.value = data.formula;
    problem.value = '';
  }, [data, text, problem]);
  const checked = (next: FormulaData): void => {
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
      <FormulaText text={text} problem={problem.value} onTaken={(formula) => checked({ ...data, formula })} />
      <FormulaRange data={data} take={checked} />
      <FormulaPoints data={data} take={checked} />
    </>
  );
}

interface TextProps {
  readonly text: Signal<string>;
  readonly problem: string;
  readonly onTaken: (formula: string) => void;
}

function FormulaText({ text, problem, onTaken }: TextProps) {
  return (
    <>
      <Field label="f(x) =" hint="such as sin(3 * x) + x / 2 or exp(-x^2); Enter takes it">
        {(id) => (
          <input
            id={id}
            class="mono"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={text.value}
            aria-invalid={problem !== ''}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value;
            }}
            onChange={({ currentTarget }) => onTaken(currentTarget.value)}
          />
        )}
      </Field>
      <p role="alert" class="problem">
        {problem}
      </p>
    </>
  );
}

interface NumbersProps {
  readonly data: FormulaData;
  readonly take: (data: FormulaData) => void;
}

function FormulaRange({ data, take }: NumbersProps) {
  const { from = -1, to = 1 } = data;
  return (
    <div class="pair">
      <NumberField label="From" value={from} onChange={(value) => take({ ...data, from: value })} />
      <NumberField label="To" value={to} onChange={(value) => take({ ...data, to: value })} />
    </div>
  );
}

function FormulaPoints({ data, take }: NumbersProps) {
  const { noise = 0, points = 300, testPoints = 0 } = data;
  return (
    <>
      <div class="pair">
        <NumberField
          label="Points"
          value={points}
          min={2}
          max={5000}
          step={1}
          onChange={(value) => take({ ...data, points: value })}
        />
        <NumberField
          label="Noise"
          value={noise}
          min={0}
          max={1000}
          onChange={(value) => take({ ...data, noise: value })}
        />
      </div>
      <NumberField
        label="Points to test on"
        value={testPoints}
        min={0}
        max={5000}
        step={1}
        onChange={(value) => take({ ...data, testPoints: value })}
      />
    </>
  );
}
