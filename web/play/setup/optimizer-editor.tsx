import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import { optimizerWords, usualOptimizer } from '../../state/specs.js';
import { Choice, NumberField, Toggle } from '../fields.js';

interface Props {
  readonly spec: TrialSpec;
  /** Whether steps were taken: changes of rate, momentum, decay and batch are then edits from here on. */
  readonly running: boolean;
  /** Takes another spec: a run of its own. */
  readonly onSpec: (spec: TrialSpec) => void;
  /** Takes another value of a field that may change while training goes on. */
  readonly onEdit: (path: string, value: number | 'full') => void;
}

/** The rule by which weights move; its numbers may change while training goes on. */
export function OptimizerEditor({ spec, running, onSpec, onEdit }: Props) {
  const { optimizer } = spec;
  const edit = (name: string) => (value: number) => onEdit(`optimizer.${name}`, value);
  return (
    <>
      <Choice
        label="Rule"
        value={optimizer.kind}
        options={optimizerWords}
        onChange={(kind) => onSpec({ ...spec, optimizer: usualOptimizer(kind) })}
      />
      <NumberField label="Learning rate" value={optimizer.learningRate} min={1e-12} onChange={edit('learningRate')} />
      {(optimizer.kind === 'sgd' || optimizer.kind === 'rmsprop') && (
        <NumberField
          label="Momentum"
          value={optimizer.momentum ?? 0}
          min={0}
          max={0.9999}
          onChange={edit('momentum')}
        />
      )}
      <NumberField
        label="Weight decay"
        value={optimizer.weightDecay ?? (optimizer.kind === 'adamW' ? 0.01 : 0)}
        min={0}
        onChange={edit('weightDecay')}
      />
      <BatchField spec={spec} onEdit={onEdit} />
      {running && <p class="quiet">A change of these numbers holds from this step on: the run branches here.</p>}
    </>
  );
}

function BatchField({ spec, onEdit }: Pick<Props, 'spec' | 'onEdit'>) {
  const full = spec.batchSize === 'full';
  return (
    <>
      <Toggle label="All samples in each step" on={full} onChange={(on) => onEdit('batchSize', on ? 'full' : 32)} />
      {!full && (
        <NumberField
          label="Samples in a batch"
          value={spec.batchSize as number}
          min={1}
          step={1}
          onChange={(value) => onEdit('batchSize', value)}
        />
      )}
    </>
  );
}
