import type { LayerSpec } from '../../../src/engine/index.js';
import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import { activationWords } from '../../state/specs.js';
import { NumberInput } from '../fields.js';

type Layer = LayerSpec;
type Kind = Layer['kind'];

/** Every layer with its words: a new one that is missing here is a type error. */
const words: Readonly<Record<Kind, string>> = {
  linear: 'dense',
  conv2d: 'convolution',
  maxPool2d: 'largest of a window',
  avgPool2d: 'mean of a window',
  dropout: 'dropout',
  flatten: 'flatten',
  ...activationWords,
};

/** What a layer begins with. */
const usual: { readonly [K in Kind]: Extract<Layer, { kind: K }> } = {
  linear: { kind: 'linear', features: 16 },
  conv2d: { kind: 'conv2d', channels: 8, kernel: 3 },
  maxPool2d: { kind: 'maxPool2d', size: 2 },
  avgPool2d: { kind: 'avgPool2d', size: 2 },
  dropout: { kind: 'dropout', rate: 0.25 },
  flatten: { kind: 'flatten' },
  relu: { kind: 'relu' },
  leakyRelu: { kind: 'leakyRelu' },
  tanh: { kind: 'tanh' },
  softplus: { kind: 'softplus' },
  square: { kind: 'square' },
};

/** Numbers of a layer that can be changed, with the greatest that is allowed here. */
const numbers: Readonly<Record<string, { readonly words: string; readonly most: number; readonly whole: boolean }>> = {
  features: { words: 'units', most: 2000, whole: true },
  channels: { words: 'channels', most: 128, whole: true },
  kernel: { words: 'side', most: 28, whole: true },
  size: { words: 'side', most: 28, whole: true },
  rate: { words: 'share', most: 0.99, whole: false },
};
const mostLayers = 60;

interface Props {
  readonly spec: TrialSpec;
  readonly model: Extract<TrialSpec['model'], { kind: 'layers' }>;
  readonly take: (model: TrialSpec['model']) => void;
}

/** The layers in order; the last one has an output for each class or value. */
export function LayerList({ model, take }: Props) {
  const { layers } = model;
  const put = (next: readonly Layer[]): void => take({ ...model, layers: next });
  return (
    <fieldset class="layer-list">
      <legend>Layers, the input first</legend>
      <ol>
        {layers.map((layer, i) => (
          <LayerRow
            key={`${i}`}
            layer={layer}
            place={i + 1}
            isLast={i === layers.length - 1}
            onChange={(next) => put(layers.with(i, next))}
            onRemove={() => put(layers.toSpliced(i, 1))}
            onAdd={() => put(layers.toSpliced(i + 1, 0, usual.relu))}
            full={layers.length >= mostLayers}
          />
        ))}
      </ol>
    </fieldset>
  );
}

interface RowProps {
  readonly layer: Layer;
  readonly place: number;
  readonly isLast: boolean;
  readonly full: boolean;
  readonly onChange: (layer: Layer) => void;
  readonly onRemove: () => void;
  readonly onAdd: () => void;
}

function LayerRow({ layer, place, isLast, full, onChange, onRemove, onAdd }: RowProps) {
  const fields = Object.entries(layer).filter(([name]) => name in numbers);
  return (
    <li>
      <select
        aria-label={`Kind of layer ${place}`}
        value={layer.kind}
        disabled={isLast}
        onChange={({ currentTarget }) => onChange(usual[currentTarget.value as Kind])}
      >
        {Object.entries(words).map(([kind, text]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
      {!isLast && (
        <>
          <button type="button" aria-label={`Add a layer behind layer ${place}`} disabled={full} onClick={onAdd}>
            +
          </button>
          <button type="button" aria-label={`Remove layer ${place}`} onClick={onRemove}>
            ×
          </button>
        </>
      )}
      {fields.length > 0 && (
        <div class="numbers">
          {fields.map(([name, value]) => (
            <LayerNumber
              key={name}
              name={name}
              value={value as number}
              place={place}
              disabled={isLast}
              onNumber={(typed) => onChange({ ...layer, [name]: typed } as Layer)}
            />
          ))}
        </div>
      )}
    </li>
  );
}

interface NumberProps {
  readonly name: string;
  readonly value: number;
  readonly place: number;
  readonly disabled: boolean;
  readonly onNumber: (value: number) => void;
}

function LayerNumber({ name, value, place, disabled, onNumber }: NumberProps) {
  const { words: unit, most, whole } = numbers[name]!;
  return (
    <span class="number">
      <NumberInput
        aria-label={`${unit} of layer ${place}`}
        min={whole ? 1 : 0}
        max={most}
        step={whole ? 1 : 'any'}
        value={value}
        disabled={disabled}
        onNumber={onNumber}
      />{' '}
      {unit}
    </span>
  );
}
