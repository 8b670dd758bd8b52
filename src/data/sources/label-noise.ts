import type { Dataset } from '../../base/dataset.js';
import { fraction, nested, optional, type SpecOf, seed } from '../../base/fields.js';

const fields = {
  fraction: fraction('share of the labels'),
  seed: seed('seed of the draws'),
};

/** Training labels of which a share is drawn anew. */
export const labelNoise = optional(
  nested('training labels replaced by uniform draws from all classes, fixed for the run', fields),
);

/** The names of fields that have no effect where no label is drawn anew. */
export const idleLabelNoise = (noise: SpecOf<typeof fields> | undefined): readonly string[] =>
  noise?.fraction === 0 ? ['randomLabels'] : [];

/** A data set with some labels drawn anew, by `randomizeLabels`. */
export async function withLabelNoise(
  dataset: Dataset,
  noise: SpecOf<typeof fields> | undefined,
  classes: number,
): Promise<Dataset> {
  if (!noise) return dataset;
  // Loaded when it is needed: drawing takes a package, which a list of experiments does without.
  const { randomizeLabels } = await import('../random-labels.js');
  return { ...dataset, targets: randomizeLabels(dataset.targets as Uint8Array, { ...noise, classes }) };
}
