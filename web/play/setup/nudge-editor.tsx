import { useSignal } from '@preact/signals';
import { type NamedTensor, parameterName, placeOf } from '../../state/edits.js';
import type { Lab } from '../../state/lab.js';
import { Field, NumberField } from '../fields.js';
import type { PlayState } from '../use-play.js';

/** What counts the numbers of a tensor along each axis, by how many axes it has. */
const axisWords: Readonly<Record<number, readonly string[]>> = {
  1: ['of unit'],
  2: ['of unit', 'from input'],
  4: ['of channel', 'from channel', 'row', 'column'],
};

/** Moves one weight by units in the last place, and leaves the run there: how long until it is another network? */
export function NudgeEditor({ lab, play }: { lab: Lab; play: PlayState }) {
  const view = lab.active.value;
  const tensors = view?.facts.value?.tensors ?? [];
  const chosen = useSignal<{ readonly name: string; readonly indices: readonly number[] } | undefined>(undefined);
  const units = useSignal(1);
  const tensor = tensors.find(({ name }) => name === chosen.value?.name) ?? tensors[0];
  if (!tensor) return <p class="empty">A network is laid out first.</p>;
  const place = placeOf(tensors, tensor.name, indicesIn(tensor, chosen.value?.indices));
  const ended = view?.outcome.value !== undefined && view.outcome.value.steps === view.place.value.step;
  return (
    <>
      <p class="quiet">
        The least change that a number can make, one unit in the last place of a 32-bit float. The run branches here;
        compare the two, and see when they part.
      </p>
      <TensorChoice
        tensors={tensors}
        tensor={tensor}
        indices={indicesIn(tensor, chosen.value?.indices)}
        onChoose={(name, indices) => {
          chosen.value = { name, indices };
        }}
      />
      <NumberField
        label="Units in the last place"
        value={units.value}
        min={-(2 ** 31)}
        max={2 ** 31}
        step={1}
        hint="below 0: downwards"
        onChange={(value) => {
          units.value = value;
        }}
      />
      <button type="button" disabled={ended || units.value === 0} onClick={() => play.nudge(place, units.value)}>
        Move {parameterName(tensors, place)} here
      </button>
      {ended && <p class="quiet">This run has ended: go back some steps first.</p>}
    </>
  );
}

/** Indices that lie in a tensor; 0 where none were chosen. */
const indicesIn = ({ shape }: NamedTensor, indices: readonly number[] = []): readonly number[] =>
  shape.map((length, axis) => Math.min(length - 1, indices[axis] ?? 0));

interface TensorChoiceProps {
  readonly tensors: readonly NamedTensor[];
  readonly tensor: NamedTensor;
  readonly indices: readonly number[];
  readonly onChoose: (name: string, indices: readonly number[]) => void;
}

function TensorChoice({ tensors, tensor, indices, onChoose }: TensorChoiceProps) {
  return (
    <>
      <Field label="Which weights">
        {(id) => (
          <select id={id} value={tensor.name} onChange={({ currentTarget }) => onChoose(currentTarget.value, [])}>
            {tensors.map(({ name, shape }) => (
              <option key={name} value={name}>
                {name}, {shape.join(' × ')}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="pair">
        {tensor.shape.map((length, axis) => (
          <NumberField
            key={`${tensor.name} ${axis}`}
            label={`${axisWords[tensor.shape.length]?.[axis] ?? `place ${axis + 1}`}, 0 to ${length - 1}`}
            value={indices[axis]!}
            min={0}
            max={length - 1}
            step={1}
            onChange={(index) => onChoose(tensor.name, indices.with(axis, index))}
          />
        ))}
      </div>
    </>
  );
}
