import { counted } from '../../../src/base/counted.js';
import type { TrialSpec } from '../../../src/tasks/trial-spec.js';
import { activationWords, endsOf } from '../../state/specs.js';
import { Choice, NumberInput } from '../fields.js';
import { LayerList } from './layer-list.js';

interface Props {
  readonly spec: TrialSpec;
  readonly onSpec: (spec: TrialSpec) => void;
}

type Model = TrialSpec['model'];

const mostWidth = 2000;
const mostHidden = 30;

const forms = { mlp: 'layers of units', layers: 'layer by layer' } as const;

/** The network: hidden layers by their widths, or every layer one by one. */
export function NetworkEditor({ spec, onSpec }: Props) {
  const { model } = spec;
  const take = (next: Model): void => onSpec({ ...spec, model: next });
  return (
    <>
      <Choice
        label="Written as"
        value={model.kind}
        options={forms}
        onChange={(kind) => take(kind === 'mlp' ? asWidths(spec) : asLayers(spec))}
      />
      {model.kind === 'mlp' ? (
        <Widths spec={spec} model={model} take={take} />
      ) : (
        <LayerList spec={spec} model={model} take={take} />
      )}
    </>
  );
}

interface WidthsProps {
  readonly spec: TrialSpec;
  readonly model: Extract<Model, { kind: 'mlp' }>;
  readonly take: (model: Model) => void;
}

function Widths({ spec, model, take }: WidthsProps) {
  const { inputs, outputs } = endsOf(spec.data);
  const hidden = model.widths.slice(1, -1);
  const withHidden = (widths: readonly number[]): void => take({ ...model, widths: [inputs, ...widths, outputs] });
  return (
    <>
      <Choice
        label="Activation"
        value={model.activation}
        options={activationWords}
        onChange={(activation) => take({ ...model, activation })}
      />
      <fieldset class="layers">
        <legend>
          Hidden layers, from {counted(inputs, 'input')} to {counted(outputs, 'output')}
        </legend>
        <ol>
          {hidden.map((width, i) => (
            <WidthRow
              key={`${i}`}
              place={i + 1}
              width={width}
              onWidth={(typed) => withHidden(hidden.with(i, typed))}
              onRemove={() => withHidden(hidden.toSpliced(i, 1))}
            />
          ))}
        </ol>
        <button
          type="button"
          disabled={hidden.length >= mostHidden}
          onClick={() => withHidden([...hidden, hidden.at(-1) ?? 10])}
        >
          Add a layer
        </button>
      </fieldset>
    </>
  );
}

interface WidthRowProps {
  readonly place: number;
  readonly width: number;
  readonly onWidth: (width: number) => void;
  readonly onRemove: () => void;
}

function WidthRow({ place, width, onWidth, onRemove }: WidthRowProps) {
  return (
    <li>
      <NumberInput
        aria-label={`Width of hidden layer ${place}`}
        min={1}
        max={mostWidth}
        step={1}
        value={width}
        onNumber={onWidth}
      />
      <button type="button" aria-label={`Remove hidden layer ${place}`} onClick={onRemove}>
        ×
      </button>
    </li>
  );
}

/** The same network layer by layer; for images one that begins with a convolution. */
function asLayers({ model, data }: TrialSpec): Model {
  const { inputs, outputs, images } = endsOf(data);
  if (model.kind === 'layers') return model;
  const dense = model.widths
    .slice(1, -1)
    .flatMap((features) => [{ kind: 'linear', features }, { kind: model.activation }] as const);
  const last = { kind: 'linear', features: outputs } as const;
  if (!images) return { kind: 'layers', input: [inputs], layers: [...dense, last] };
  return {
    kind: 'layers',
    input: [1, 28, 28],
    layers: [
      { kind: 'conv2d', channels: 8, kernel: 5 },
      { kind: model.activation },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'flatten' },
      { kind: 'linear', features: 32 },
      { kind: model.activation },
      last,
    ],
  };
}

/** The dense layers alone. */
function asWidths({ model, data }: TrialSpec): Model {
  const { inputs, outputs } = endsOf(data);
  if (model.kind === 'mlp') return model;
  const widths = model.layers.flatMap((layer) => (layer.kind === 'linear' ? [layer.features] : [])).slice(0, -1);
  const activation = model.layers.map(({ kind }) => kind).find((kind) => kind in activationWords) ?? 'relu';
  return { kind: 'mlp', widths: [inputs, ...widths, outputs], activation: activation as keyof typeof activationWords };
}
