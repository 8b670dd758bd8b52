import type { ActivationName, LayerSpec, LossName } from '../engine/network-spec.js';
import type { ObserveSpec } from '../engine/training/observations/index.js';
import type { OptimizerSpec, StopSpec } from '../engine/training/spec.js';

/** Which samples a trial trains on. */
export type DataSpec =
  | {
      readonly kind: 'function';
      readonly name: 'sinc' | 'signSin';
      /** Number of points of linspace(-1, 1, points). Default 300. */
      readonly points?: number;
    }
  | {
      /** Samples written out: a user's own function or small table. */
      readonly kind: 'table';
      readonly inputs: readonly (readonly number[])[];
      readonly targets: readonly (readonly number[])[];
    }
  | {
      readonly kind: 'mnist';
      /** Number of training images; fewer than 60,000 are drawn without replacement from the stream `subset`. Default 60,000. */
      readonly trainSize?: number;
      /** Seed of the subset. Default 0. */
      readonly subsetSeed?: number;
      /** Number of test images, the first so many. Default 10,000. */
      readonly testSize?: number;
      /** Share of training labels replaced by uniform draws from 0-9, fixed for the run. */
      readonly randomLabels?: { readonly fraction: number; readonly seed: number };
    };

export type ModelSpec =
  | { readonly kind: 'mlp'; readonly widths: readonly number[]; readonly activation: ActivationName }
  | { readonly kind: 'layers'; readonly input: readonly number[]; readonly layers: readonly LayerSpec[] };

/** Where the parameters start. The stream of random numbers goes on after the drawn ones in every kind, so that batches come in the same order. */
export type InitSpec =
  | {
      /** PyTorch's default initial values from `torch.manual_seed(seed)`, after `skip` 32-bit draws (the parameters of networks that were built before). */
      readonly kind: 'pytorch';
      readonly skip: number;
    }
  | {
      /** A rounding twin: the same values, each moved by -1, 0 or +1 unit in the last place, drawn from the stream `twin` with the seed `twin` (at least 1). */
      readonly kind: 'nudged';
      readonly skip: number;
      readonly twin: number;
    }
  | {
      /** (1 - alpha) a + alpha b, in float64, rounded once; `from` are the ids of two finished trials [a, b] of the same network. */
      readonly kind: 'interpolated';
      readonly from: readonly [string, string];
      readonly alpha: number;
    };

/** One training run as data: what its result depends on, and nothing else. Its id is a hash of this. */
export interface TrialSpec {
  readonly data: DataSpec;
  readonly model: ModelSpec;
  readonly loss: LossName;
  readonly optimizer: OptimizerSpec;
  readonly batchSize: number | 'full';
  readonly stop: StopSpec;
  readonly seed: number;
  readonly init?: InitSpec;
  readonly observe?: ObserveSpec;
}
