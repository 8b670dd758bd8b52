import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { withData } from '../state/specs.js';
import { Choice, NumberField } from './fields.js';

interface Props {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

const functions = { sinc: 'sinc(5x)', signSin: 'sign(sin(5πx))' } as const;

/** Which samples a network learns. */
export function DataEditor({ spec, onSpec }: Props) {
  const { data } = spec;
  const take = (next: TrialSpec['data']): void => onSpec(withData(spec, next));
  if (data.kind !== 'function') return null;
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
