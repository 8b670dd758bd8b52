import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { presets } from '../state/presets.js';
import { optimizerWords, usualOptimizer } from '../state/specs.js';
import { DataEditor } from './data-editor.js';
import { Choice, Field, NumberField, Toggle } from './fields.js';
import { NetworkEditor } from './network-editor.js';

/** What the controls change. */
export interface ControlsProps {
  readonly spec: TrialSpec;
  /** Whether steps were taken: changes of rate, momentum, decay and batch are then edits from here on. */
  readonly running: boolean;
  readonly preset: string;
  readonly onPreset: (id: string) => void;
  /** Takes another spec: a run of its own. */
  readonly onSpec: (spec: TrialSpec) => void;
  /** Takes another value of a field that may change while training goes on. */
  readonly onEdit: (path: string, value: number | 'full') => void;
}

/** Everything that a run is made of. */
export function Controls(props: ControlsProps) {
  const { spec, preset, onPreset, onSpec } = props;
  return (
    <div class="controls">
      <Field label="Start from">
        {(id) => (
          <select id={id} value={preset} onChange={(event) => onPreset(event.currentTarget.value)}>
            <option value="">a run of your own</option>
            {[...new Set(presets.map(({ group }) => group))].map((group) => (
              <optgroup key={group} label={group}>
                {presets
                  .filter((one) => one.group === group)
                  .map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {presets
        .filter(({ id }) => id === preset)
        .map(({ id, look }) => (
          <p key={id} class="look">
            {look}
          </p>
        ))}
      <Part title="Data" open>
        <DataEditor spec={spec} onSpec={onSpec} />
      </Part>
      <Part title="Network" open>
        <NetworkEditor spec={spec} onSpec={onSpec} />
      </Part>
      <Part title="Optimizer" open>
        <OptimizerEditor {...props} />
      </Part>
      <Part title="Seed and end">
        <EndEditor spec={spec} onSpec={onSpec} />
      </Part>
    </div>
  );
}

function Part({ title, open, children }: { title: string; open?: boolean; children: preact.ComponentChildren }) {
  return (
    <details class="part" open={open}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

function OptimizerEditor({ spec, running, onSpec, onEdit }: ControlsProps) {
  const { optimizer } = spec;
  const edit = (name: string) => (value: number) => onEdit(`optimizer.${name}`, value);
  const hint = running ? 'changes from this step on, as a branch' : undefined;
  return (
    <>
      <Choice
        label="Rule"
        value={optimizer.kind}
        options={optimizerWords}
        onChange={(kind) => onSpec({ ...spec, optimizer: usualOptimizer(kind) })}
      />
      <NumberField
        label="Learning rate"
        value={optimizer.learningRate}
        min={1e-12}
        onChange={edit('learningRate')}
        {...(hint && { hint })}
      />
      {'momentum' in optimizer || optimizer.kind === 'sgd' || optimizer.kind === 'rmsprop' ? (
        <NumberField
          label="Momentum"
          value={optimizer.momentum ?? 0}
          min={0}
          max={0.9999}
          onChange={edit('momentum')}
        />
      ) : null}
      <NumberField
        label="Weight decay"
        value={optimizer.weightDecay ?? (optimizer.kind === 'adamW' ? 0.01 : 0)}
        min={0}
        onChange={edit('weightDecay')}
      />
      <BatchField spec={spec} onEdit={onEdit} />
    </>
  );
}

function BatchField({ spec, onEdit }: Pick<ControlsProps, 'spec' | 'onEdit'>) {
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

function EndEditor({ spec, onSpec }: Pick<ControlsProps, 'spec' | 'onSpec'>) {
  const { stop, seed } = spec;
  return (
    <>
      <NumberField
        label="Seed"
        value={seed}
        min={0}
        max={2 ** 32 - 1}
        step={1}
        onChange={(value) => onSpec({ ...spec, seed: value })}
      />
      <NumberField
        label="Epochs, at most"
        value={stop.epochs}
        min={1}
        max={1_000_000}
        step={1}
        onChange={(epochs) => onSpec({ ...spec, stop: { ...stop, epochs } })}
      />
      <Toggle
        label="Stop when it has converged"
        on={stop.converged !== undefined}
        onChange={(on) =>
          onSpec({ ...spec, stop: { epochs: stop.epochs, ...(on && { converged: { below: 0.001, change: 1e-5 } }) } })
        }
      />
    </>
  );
}
