import { Choice, NumberField } from '../fields.js';
import { type DataOf, type EditorProps, LabelNoise } from './label-noise.js';

const planeSets: Readonly<Record<DataOf<'plane'>['set'], string>> = {
  spiral: 'spirals',
  circles: 'rings',
  xor: 'chess board (xor)',
  moons: 'two moons',
  gaussians: 'clouds',
};
const ofTwo: readonly string[] = ['xor', 'moons'];

/** Points of classes in the plane: which set, how many, how noisy. */
export function PlaneEditor({ data, take }: EditorProps<'plane'>) {
  const { set, classes = 2 } = data;
  return (
    <>
      <Choice
        label="Set"
        value={set}
        options={planeSets}
        onChange={(next) => take({ ...data, set: next, classes: ofTwo.includes(next) ? 2 : classes })}
      />
      {!ofTwo.includes(set) && (
        <NumberField
          label="Classes"
          value={classes}
          min={2}
          max={6}
          step={1}
          onChange={(value) => take({ ...data, classes: value })}
        />
      )}
      <PlaneSizes data={data} take={take} />
      <PlaneNoise data={data} take={take} />
      <LabelNoise data={data} take={take} />
    </>
  );
}

function PlaneSizes({ data, take }: EditorProps<'plane'>) {
  const { trainSize = 200, testSize = 200 } = data;
  return (
    <div class="pair">
      <NumberField
        label="Training points"
        value={trainSize}
        min={2}
        max={5000}
        step={1}
        onChange={(value) => take({ ...data, trainSize: value })}
      />
      <NumberField
        label="Test points"
        value={testSize}
        min={0}
        max={5000}
        step={1}
        onChange={(value) => take({ ...data, testSize: value })}
      />
    </div>
  );
}

function PlaneNoise({ data, take }: EditorProps<'plane'>) {
  const { noise = 0.1, seed = 0 } = data;
  return (
    <div class="pair">
      <NumberField label="Noise" value={noise} min={0} max={10} onChange={(value) => take({ ...data, noise: value })} />
      <NumberField
        label="Seed of the points"
        value={seed}
        min={0}
        max={2 ** 32 - 1}
        step={1}
        onChange={(value) => take({ ...data, seed: value })}
      />
    </div>
  );
}
