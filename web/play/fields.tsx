import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A labelled control; `hint` explains it below. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (id: string) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
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
}

/** A number that is taken when it is left, or by Enter; what is no number of the range is put back. */
export function NumberField({ label, value, onChange, min, max, step = 'any', hint }: NumberFieldProps) {
  const take = (input: HTMLInputElement): void => {
    const typed = input.valueAsNumber;
    const fits = Number.isFinite(typed) && typed >= (min ?? -Infinity) && typed <= (max ?? Infinity);
    const whole = step !== 1 || Number.isInteger(typed);
    if (!fits || !whole) input.value = String(value);
    else if (typed !== value) onChange(typed);
  };
  return (
    <Field label={label} {...(hint && { hint })}>
      {(id) => (
        <input
          id={id}
          type="number"
          inputMode="decimal"
          value={value}
          min={min}
          max={max}
          step={step}
          onChange={(event) => take(event.currentTarget)}
        />
      )}
    </Field>
  );
}

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
    <Field label={label} {...(hint && { hint })}>
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
