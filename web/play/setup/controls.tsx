import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import type { Lab } from '../../state/lab.js';
import { presets } from '../../state/presets.js';
import { Field, NumberField, Toggle } from '../fields.js';
import type { PlayState } from '../use-play.js';
import { DataEditor } from './data-editor.js';
import { NetworkEditor } from './network-editor.js';
import { NudgeEditor } from './nudge-editor.js';
import { OptimizerEditor } from './optimizer-editor.js';

/** Everything that a run is made of. */
export function Controls({ lab, play }: { lab: Lab; play: PlayState }) {
  const spec = play.spec.value;
  const running = useComputed(() => (lab.active.value?.place.value.step ?? 0) > 0).value;
  return (
    <div class="controls">
      <PresetChoice play={play} />
      <Part title="Data" open>
        <DataEditor spec={spec} onSpec={play.takeSpec} />
      </Part>
      <Part title="Network" open>
        <NetworkEditor spec={spec} onSpec={play.takeSpec} />
      </Part>
      <Part title="Optimizer" open>
        <OptimizerEditor spec={spec} running={running} onSpec={play.takeSpec} onEdit={play.edit} />
      </Part>
      <Part title="Seed and end">
        <EndEditor spec={spec} onSpec={play.takeSpec} />
      </Part>
      <Part title="One weight, by a hair">
        <NudgeEditor lab={lab} play={play} />
      </Part>
    </div>
  );
}

function PresetChoice({ play }: { play: PlayState }) {
  const id = play.preset.value;
  const look = presets.find((one) => one.id === id)?.look;
  return (
    <>
      <Field label="Start from">
        {(field) => (
          <select id={field} value={id} onChange={(event) => play.choosePreset(event.currentTarget.value)}>
            <option value="" disabled={id !== ''}>
              a run of your own
            </option>
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
      {look && <p class="look">{look}</p>}
    </>
  );
}

function Part({ title, open, children }: { title: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="part" open={open}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

interface EndProps {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

function EndEditor({ spec, onSpec }: EndProps) {
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
