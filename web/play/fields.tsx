import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why what was typed was not taken. */
  readonly problem?: string | undefined;
  readonly children: (id: string) => ComponentChildren;
}

/** A labelled control; `hint` explains it below. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {problem && (
        <small class="problem" role="alert">
          {problem}
        </small>
      )}
      {hint && <small>{hint}</small>}
    </div>
  );
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
}

interface NumberInputProps extends Range {
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly disabled?: boolean | undefined;
  readonly value: number;
  readonly onNumber: (value: number) => void;
  /** What was typed instead of a number of the range, or undefined once one was. */
  readonly onProblem?: (typed: string | undefined) => void;
}

/**
 * A number that is taken when it is left, or by Enter; what is no number of the range is put back. What is being typed
 * outlives a rendering for another reason, such as that of a change just made in the field before.
 */
export function NumberInput({ value, onNumber, onProblem, step = 'any', ...rest }: NumberInputProps) {
  const draft = useSignal<string | undefined>(undefined);
  const take = (input: HTMLInputElement): void => {
    const typed = input.valueAsNumber;
    const fits = isAllowed({ ...rest, step }, typed);
    draft.value = undefined;
    onProblem?.(fits ? undefined : input.value);
    if (!fits) input.value = String(value);
    else if (typed !== value) onNumber(typed);
  };
  return (
    <input
      {...rest}
      type="number"
      inputMode="decimal"
      step={step}
      value={draft.value ?? value}
      onInput={({ currentTarget }) => {
        draft.value = currentTarget.value;
      }}
      onBlur={() => {
        draft.value = undefined;
      }}
      onChange={({ currentTarget }) => take(currentTarget)}
    />
  );
}

interface NumberFieldProps extends Range {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** A labelled number; what is no number of the range is said below it. */
export function NumberField({ label, hint, onChange, ...input }: NumberFieldProps) {
  const problem = useSignal('');
  return (
    <Field label={label} hint={hint} problem={problem.value}>
      {(id) => (
        <NumberInput
          {...input}
          id={id}
          onNumber={onChange}
          onProblem={(typed) => {
            problem.value = typed === undefined ? '' : `${expected(input)}, got ${typed || 'nothing'}`;
          }}
        />
      )}
    </Field>
  );
}

/** Whether a number is one of a range. */
const isAllowed = ({ min, max, step }: Range, typed: number): boolean =>
  Number.isFinite(typed) &&
  typed >= (min ?? -Infinity) &&
  typed <= (max ?? Infinity) &&
  (step !== 1 || Number.isInteger(typed));

function expected({ min, max, step }: Range): string {
  const what = step === 1 ? 'expected a whole number' : 'expected a number';
  if (min !== undefined && max !== undefined) return `${what} from ${words(min)} to ${words(max)}`;
  return min === undefined ? what : `${what} of at least ${words(min)}`;
}

const words = (value: number): string =>
  Math.abs(value) < 1e-4 ? String(value) : value.toLocaleString('en-US', { maximumSignificantDigits: 12 });

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
  readonly hint?: string;
}

/** One of some words. */
export function Choice<T extends string>({ label, value, options, onChange, hint }: ChoiceProps<T>) {
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
          {(Object.entries(options) as [T, string][]).map(([word, text]) => (
            <option key={word} value={word}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
