import { defaultLeakySlope, type LayerSpec } from '../engine/network-spec.js';
import type { ObserveSpec } from '../engine/training/observations/index.js';
import type { OptimizerSpec } from '../engine/training/spec.js';
import { defined, without } from './no-effect.js';
import type { DataSpec, ModelSpec, TrialSpec } from './trial-spec.js';

type DataOf<K extends DataSpec['kind']> = Extract<DataSpec, { kind: K }>;

/** A trial of which every field with a default is there. */
export type CompleteTrial = Required<Omit<TrialSpec, 'data'>> & {
  readonly data:
    | Required<DataOf<'function'>>
    | DataOf<'table'>
    | (Required<Omit<DataOf<'mnist'>, 'randomLabels'>> & Pick<DataOf<'mnist'>, 'randomLabels'>);
};

/** A trial with every default written out. What a field's absence means is said here and nowhere else. */
export function withDefaults(spec: TrialSpec): CompleteTrial {
  return {
    ...spec,
    data: withDataDefaults(spec.data),
    model: withLayerDefaults(spec.model),
    optimizer: { ...optimizerDefaults(spec.optimizer), ...defined(spec.optimizer) },
    init: spec.init ?? { kind: 'pytorch', skip: 0 },
    observe: spec.observe ?? {},
  };
}

/**
 * A trial without anything that equals its default: what its id is made of.
 * A field added later with a default that has no effect is thereby absent from the canonical form of every older spec, whose id stays.
 */
export function canonicalTrial(spec: TrialSpec): TrialSpec {
  const { data, model, optimizer, init, observe, ...rest } = withDefaults(spec);
  return {
    ...rest,
    data: canonicalData(data),
    model: withoutLayerDefaults(model),
    optimizer: without(optimizer, optimizerDefaults(optimizer)),
    ...(init.kind === 'pytorch' && init.skip === 0 ? {} : { init }),
    ...(Object.keys(defined(observe)).length === 0 ? {} : { observe: canonicalObserve(observe) }),
  };
}

/** Data with every default written out. */
export function withDataDefaults(data: DataSpec): CompleteTrial['data'] {
  return { ...dataDefaults(data), ...defined(data) } as CompleteTrial['data'];
}

function dataDefaults(data: DataSpec): Partial<DataSpec> {
  switch (data.kind) {
    case 'function':
      return { points: 300 };
    case 'table':
      return {};
    case 'mnist':
      return { trainSize: 60_000, subsetSeed: 0, testSize: 10_000 };
  }
}

function canonicalObserve(observe: ObserveSpec): ObserveSpec {
  const { snapshots } = observe;
  return snapshots ? { ...observe, snapshots: without(snapshots, { initial: false }) } : observe;
}

/** Besides the defaults, what cannot matter is left out: the seed of a subset that is everything, and no share of random labels. */
export function canonicalData(data: DataSpec): DataSpec {
  const canonical = without(data, dataDefaults(data));
  if (canonical.kind !== 'mnist') return canonical;
  const { subsetSeed, randomLabels, ...rest } = canonical;
  return {
    ...rest,
    ...(rest.trainSize === undefined || subsetSeed === undefined ? {} : { subsetSeed }),
    ...(randomLabels === undefined || randomLabels.fraction === 0 ? {} : { randomLabels }),
  };
}

function optimizerDefaults(optimizer: OptimizerSpec): Partial<OptimizerSpec> {
  if (optimizer.kind === 'sgd') return { momentum: 0, weightDecay: 0 };
  return { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: optimizer.kind === 'adamW' ? 0.01 : 0 };
}

function withLayerDefaults(model: ModelSpec): ModelSpec {
  return mapLayers(model, (layer) =>
    layer.kind === 'leakyRelu' ? { ...layer, slope: layer.slope ?? defaultLeakySlope } : layer,
  );
}

/** A network's description without the layers' defaults. */
export function withoutLayerDefaults(model: ModelSpec): ModelSpec {
  return mapLayers(model, (layer) =>
    layer.kind === 'leakyRelu' ? without(layer, { slope: defaultLeakySlope }) : layer,
  );
}

function mapLayers(model: ModelSpec, change: (layer: LayerSpec) => LayerSpec): ModelSpec {
  return model.kind === 'mlp' ? model : { ...model, layers: model.layers.map(change) };
}
