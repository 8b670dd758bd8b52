/** What the page and its worker say to each other; everything is plain data, typed arrays are transferred. */
import type { MetricName, MetricRow } from '../../src/engine/index.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';

/** A name that the page chooses for a run. */
export type RunKey = string;

/** Test images that are shown, at most. */
export const digitsShown = 24;

/** What is drawn of a network while it trains. */
export type PictureRequest =
  /** Its outputs at inputs of one number. Shapes: xs [n] */
  | { readonly kind: 'curve'; readonly xs: Float32Array }
  /** Its outputs on an even grid of inputs of two numbers, row by row from the top left. */
  | {
      readonly kind: 'plane';
      readonly columns: number;
      readonly rows: number;
      readonly x: readonly [number, number];
      readonly y: readonly [number, number];
    }
  /** Its outputs for the first `count` test images, and for one that was drawn. Shapes: drawn [784] */
  | { readonly kind: 'digits'; readonly count: number; readonly drawn?: Uint8Array };

/** What is measured of a network while its panel is open. */
export const panelNames = ['layers', 'histogram', 'lambdaMax', 'spectrum', 'trajectory'] as const;
/** One of them. */
export type PanelName = (typeof panelNames)[number];

/** From the page to the worker. */
export type Request =
  | { readonly kind: 'open'; readonly run: RunKey; readonly spec: unknown; readonly from?: Fork }
  | { readonly kind: 'watch'; readonly run: RunKey; readonly picture?: PictureRequest; readonly panels: PanelRequest }
  | { readonly kind: 'play'; readonly run: RunKey; readonly stepsPerSecond: number }
  | { readonly kind: 'pause'; readonly run: RunKey }
  /** Moves to a step, backwards or forwards, and stays there. */
  | { readonly kind: 'seek'; readonly run: RunKey; readonly step: number }
  | { readonly kind: 'close'; readonly run: RunKey }
  /** The page has drawn the last update, and takes another. */
  | { readonly kind: 'drawn'; readonly run: RunKey }
  | { readonly kind: 'weights'; readonly run: RunKey }
  | { readonly kind: 'digest'; readonly run: RunKey }
  /** Trains several seeds of a spec one after the other; `names` are the metrics that are kept. */
  | { readonly kind: 'seeds'; readonly run: RunKey; readonly spec: unknown; readonly seeds: readonly number[] };

/** Where a branch leaves another run of this worker. */
export interface Fork {
  readonly run: RunKey;
  readonly atStep: number;
}

/** Which panels are open, and how many steps lie between two points of those that are drawn over steps. */
export interface PanelRequest {
  readonly open: readonly PanelName[];
  readonly every: number;
  /** The run that is drawn beside it, for what is only seen of two together. */
  readonly beside?: RunKey;
}

/** Rows of observations by columns. Shapes: each [count]; bit i of `mask` says whether the row has `names[i]`. */
export interface PackedRows {
  readonly count: number;
  readonly names: readonly MetricName[];
  readonly steps: Float64Array<ArrayBuffer>;
  readonly epochs: Float64Array<ArrayBuffer>;
  readonly mask: Uint32Array<ArrayBuffer>;
  readonly columns: readonly Float64Array<ArrayBuffer>[];
}

/** Something that happened at a step. */
export interface RunEvent {
  readonly step: number;
  readonly kind: 'spike' | 'diverged' | 'converged' | 'finished' | 'aboveBound' | 'edit';
  readonly text: string;
}

/** What is known of a run before its first step. */
export interface RunFacts {
  readonly id: string;
  /** The spec as it was read. */
  readonly spec: TrialSpec;
  readonly parameters: number;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly samples: SampleFacts;
}

/** The samples, as far as they are drawn. Shapes: inputs [size, width], targets [size, outputs] or labels [size] */
export interface SampleFacts {
  readonly size: number;
  readonly testSize: number;
  readonly width: number;
  readonly outputs: number;
  readonly labelled: boolean;
  /** Absent for images. */
  readonly train?: { readonly inputs: Float32Array; readonly targets: Float32Array };
  readonly test?: { readonly inputs: Float32Array; readonly targets: Float32Array };
  /** The first test images with their labels. */
  readonly digits?: { readonly pixels: Uint8Array; readonly labels: Uint8Array };
}

/** How a run ended. */
export interface RunOutcome {
  readonly status: 'finished' | 'converged' | 'diverged';
  readonly what?: 'loss' | 'parameters';
  readonly epochs: number;
  readonly steps: number;
  readonly finalLoss: number;
  readonly hash: string;
}

/** Outputs of a network for what the page asked for. Shapes: outputs [n, width] */
export interface Picture {
  readonly kind: PictureRequest['kind'];
  readonly outputs: Float32Array<ArrayBuffer>;
  readonly width: number;
}

/** What open panels show of the network where it stands, and points of those over steps. */
export interface PanelData {
  /** Counts of weights in even bins from `low` to `high`, a layer an entry. */
  readonly histogram?: readonly {
    readonly name: string;
    readonly low: number;
    readonly high: number;
    readonly counts: readonly number[];
  }[];
  /** New points over steps, by name of the line. */
  readonly points?: readonly { readonly line: string; readonly step: number; readonly value: number }[];
  /** The curvature above which steps grow; and which one it is, or why there is none. */
  readonly bound?: number;
  readonly curvature?: { readonly of: 'lambdaMax' | 'preconditionedLambdaMax' } | { readonly none: string };
  /** Eigenvalues of the Hessian, ascending, at a step; or why there are none. */
  readonly spectrum?: { readonly step: number; readonly values: readonly number[] } | { readonly none: string };
  readonly trajectory?: Trajectory | { readonly none: string };
}

/** Keyframes in the plane where they vary most; where two runs are compared, those of both in one plane. */
export interface Trajectory {
  readonly path: PlanePath;
  readonly beside?: PlanePath;
  /** Shares of the variance along the two. */
  readonly explained: readonly [number, number];
}

/** The keyframes of one run in a plane. Shapes: each [keyframes] */
export interface PlanePath {
  readonly steps: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Where a run stands, and what is new since the last update. */
export interface RunUpdate {
  readonly kind: 'update';
  readonly run: RunKey;
  readonly step: number;
  readonly epoch: number;
  /** The furthest step that was taken. */
  readonly head: number;
  readonly playing: boolean;
  /** Steps that are still replayed to reach where the page asked to be. */
  readonly replaying: number;
  readonly rows?: PackedRows;
  /** The row of this step, where the next step would emit it. */
  readonly pending?: MetricRow;
  readonly keyframes?: readonly number[];
  readonly events?: readonly RunEvent[];
  readonly picture?: Picture;
  readonly panels?: PanelData;
  readonly outcome?: RunOutcome;
}

/** From the worker to the page. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly run: RunKey; readonly facts: RunFacts }
  | { readonly kind: 'problem'; readonly run: RunKey; readonly text: string }
  | RunUpdate
  | {
      readonly kind: 'weights';
      readonly run: RunKey;
      readonly step: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'digest'; readonly run: RunKey; readonly step: number; readonly digest: string }
  | { readonly kind: 'seeds'; readonly run: RunKey; readonly done: number; readonly bands: readonly Band[] };

/** Median, quartiles and extremes of a metric over seeds, step by step. Shapes: each [count] */
export interface Band {
  readonly name: MetricName;
  readonly steps: Float64Array<ArrayBuffer>;
  readonly low: Float64Array<ArrayBuffer>;
  readonly middle: Float64Array<ArrayBuffer>;
  readonly high: Float64Array<ArrayBuffer>;
  /** Seeds that have this step. */
  readonly counts: Uint8Array<ArrayBuffer>;
}
