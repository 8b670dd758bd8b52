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

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** A number that is taken when it is left, or by Enter; what is no number of the range is put back, and said. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, min, max, step = 'any', hint, disabled } = props;
  const problem = useSignal('');
  const take = (input: HTMLInputElement): void => {
    const typed = input.valueAsNumber;
    const fits = isAllowed(props, typed);
    problem.value = fits ? '' : `${expected(props)}, got ${input.value || 'nothing'}`;
    if (!fits) input.value = String(value);
    else if (typed !== value) onChange(typed);
  };
  return (
    <Field label={label} hint={hint} problem={problem.value}>
      {(id) => (
        <input
          id={id}
          type="number"
          inputMode="decimal"
          value={value}
          min={min}
          max={max}
          step={step}
          disabled={disabled}
          onChange={(event) => take(event.currentTarget)}
        />
      )}
    </Field>
  );
}

type Range = Pick<NumberFieldProps, 'min' | 'max' | 'step'>;

/** Whether a number is one of a range. */
export const isAllowed = ({ min, max, step }: Range, typed: number): boolean =>
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
