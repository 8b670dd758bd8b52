/** What one run of a micro-batch through the layers is about. One object serves all runs of a network, in place. */
export interface Pass {
  /** Samples in this micro-batch, and the same rounded up to a multiple of 8. */
  samples: number;
  padded: number;
  /** Floats from one feature to the next in the `features` layout: `padded`, off multiples of 64. */
  stride: number;
  /** Index in the batch of the micro-batch's first sample. */
  first: number;
  /** Optimizer steps taken before, from 0: names the dropout masks. */
  step: number;
  training: boolean;
  /** Add to the gradients (a micro-batch after the first) instead of setting them. */
  accumulate: boolean;
  /** The batch's last micro-batch: gradients are complete after it. */
  last: boolean;
}

/** A call of a kernel of which everything but the micro-batch is bound. */
export type Call = (pass: Readonly<Pass>) => void;
