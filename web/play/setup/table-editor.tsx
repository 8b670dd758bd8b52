import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CsvError, tooLargeToPaste } from '../../state/csv.js';
import { type TableData, tableOf, textOf, withPartsOf } from '../../state/table.js';
import { Field, NumberField, Toggle } from '../fields.js';
import { type EditorProps, LabelNoise } from './label-noise.js';

/** What points of one's own begin with, where a curve is to be drawn. */
export const curvePoints: TableData = {
  kind: 'table',
  inputs: [[-1], [-0.5], [0], [0.5], [1]],
  targets: [[0.2], [-0.4], [0.6], [0.1], [-0.3]],
};

/** What they begin with where classes are to be placed in the plane. */
const classPoints: TableData = {
  kind: 'table',
  inputs: [
    [-0.6, 0.4],
    [-0.3, 0.7],
    [-0.8, 0.1],
    [0.5, -0.3],
    [0.3, -0.7],
    [0.8, -0.1],
  ],
  labels: [0, 0, 0, 1, 1, 1],
};

/** Points as text, how many of them are kept apart, and how many labels are drawn anew. */
export function TableEditor({ data, take }: EditorProps<'table'>) {
  return (
    <>
      <fieldset class="row" aria-label="Begin anew with">
        <span class="quiet">Begin anew with</span>
        <button type="button" onClick={() => take(curvePoints)}>
          a curve
        </button>
        <button type="button" onClick={() => take(classPoints)}>
          classes
        </button>
      </fieldset>
      <RowsEditor data={data} take={take} />
      <TestPart data={data} take={take} />
      {data.labels && <LabelNoise data={data} take={take} />}
    </>
  );
}

/** A row a sample, the last column what the network should make of the others, or its class. */
function RowsEditor({ data, take }: EditorProps<'table'>) {
  const text = useSignal(textOf(data));
  const classes = useSignal(data.labels !== undefined);
  const problem = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    text.value = textOf(data);
    classes.value = data.labels !== undefined;
    problem.value = '';
  }, [data, text, classes, problem]);
  const read = (): void => {
    try {
      take(withPartsOf(data, tableOf(text.value, classes.value)));
      problem.value = '';
    } catch (error) {
      problem.value = (error as Error).message;
      if (error instanceof CsvError) selectLine(area.current, error.line);
    }
  };
  return (
    <>
      <RowsText text={text} problem={problem} area={area} />
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

interface RowsTextProps {
  readonly text: Signal<string>;
  readonly problem: Signal<string>;
  readonly area: preact.RefObject<HTMLTextAreaElement | null>;
}

function RowsText({ text, problem, area }: RowsTextProps) {
  /** A text that is too large never comes to the field, which would keep the page waiting. */
  const check = (event: ClipboardEvent): void => {
    const found = tooLargeToPaste(event.clipboardData?.getData('text/plain') ?? '');
    problem.value = found ? `what was pasted: ${found}` : '';
    if (found) event.preventDefault();
  };
  return (
    <Field label="Rows: inputs, then the target" hint="paste a CSV here, or place points in the picture">
      {(id) => (
        <textarea
          id={id}
          ref={area}
          class="mono"
          rows={7}
          spellcheck={false}
          value={text.value}
          aria-invalid={problem.value !== ''}
          onPaste={check}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}

/** Shows where a text is wrong. */
function selectLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}

/** Rows that are not trained on, drawn by a seed of their own. */
function TestPart({ data, take }: EditorProps<'table'>) {
  const { test, ...plain } = data;
  const put = (size: number, seed: number): void => take({ ...plain, ...(size > 0 && { test: { size, seed } }) });
  return (
    <div class="pair">
      <NumberField
        label="Rows to test on"
        value={test?.size ?? 0}
        min={0}
        max={data.inputs.length - 1}
        step={1}
        onChange={(size) => put(size, test?.seed ?? 0)}
      />
      <NumberField
        label="Seed of their draw"
        value={test?.seed ?? 0}
        min={0}
        max={2 ** 32 - 1}
        step={1}
        disabled={test === undefined}
        onChange={(seed) => put(test?.size ?? 0, seed)}
      />
    </div>
  );
}
