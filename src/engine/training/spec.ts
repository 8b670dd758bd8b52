/** How parameters move. Defaults are PyTorch's; `weightDecay` is L2 in the gradient for sgd and adam, decoupled for adamW. */
export type OptimizerSpec =
  | {
      readonly kind: 'sgd';
      readonly learningRate: number;
      readonly momentum?: number;
      readonly weightDecay?: number;
    }
  | {
      readonly kind: 'adam' | 'adamW';
      readonly learningRate: number;
      readonly betas?: readonly [number, number];
      readonly epsilon?: number;
      /** Default 0 for adam, 0.01 for adamW. */
      readonly weightDecay?: number;
    };

/** When training ends: after `epochs`, or earlier by the report's rule for having converged (docs/definitions.md#converged). */
export interface StopSpec {
  readonly epochs: number;
  readonly converged?: { readonly below: number; readonly change: number };
}

/** Why training ended. A diverged run is an outcome, not an error; `stopped` means that the caller asked it to. */
export type TrainStatus = 'finished' | 'converged' | 'diverged' | 'stopped';
