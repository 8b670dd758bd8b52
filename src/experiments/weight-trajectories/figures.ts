import type { Figure } from '../../study/figure.js';
import { accuracyCurves, count, epochAxis, lossCurves, ofColumns } from '../../study/vocabulary/index.js';
import { firstLayer, lastEpoch, runIds } from './arms.js';
import { firstColumns } from './planes.js';

const componentAxis = (n: number) => ({ label: `principal component ${n} (weight units)` });

/** What is drawn of a measured plane: all points or those of every so many epochs, with accuracies beside some. */
interface PathLook {
  readonly every?: number;
  readonly accuracies?: boolean;
}

/** Epochs whose accuracies are printed: the first two that are drawn, and the last; between them points crowd. */
const printedEpochs = [3, 6, lastEpoch];

/** The paths of a measured plane. */
const pathFigure = (id: string, title: string, caption: string, { every, accuracies }: PathLook = {}): Figure =>
  ofColumns({
    id,
    title,
    caption,
    mark: 'path',
    arms: [id],
    series: [{ x: 'pc1', y: 'pc2' }],
    group: 'run',
    ...(every !== undefined && { every: { column: 'epoch', of: every } }),
    ...(accuracies && { printed: { metric: 'accuracy', epochs: printedEpochs } }),
    x: componentAxis(1),
    y: componentAxis(2),
  });

const accuracyText =
  `Numbers beside points: running training accuracy of epochs ${printedEpochs.join(', ')} in %, as the original ` +
  'writes it beside every point.';

const codedModelFigure = pathFigure(
  'plane-model',
  'PCA for the model: all weights',
  'Eight paths, one a run, every third epoch joined. Each run starts from weights of its own, so what the two ' +
    `components show first is how the runs differ, not how one of them learns. ${accuracyText}`,
  { every: 3, accuracies: true },
);

const codedLayerFigure = (tenUnitsOnly: boolean): Figure =>
  pathFigure(
    'plane-layer1',
    tenUnitsOnly ? 'PCA for layer 1, as coded: 10 of its 500 units' : 'PCA for layer 1',
    `The same for the first layer. The original's figure of this name holds only the first ${count(firstColumns)} of ` +
      `its ${count(firstLayer.full)} weights (D15), and every epoch.`,
  );

const tableFigure = (lastLayerOnly: boolean): Figure =>
  pathFigure(
    'plane-table',
    lastLayerOnly ? "PCA of the original's table: the last layer alone" : "PCA of the original's table, of all weights",
    "The table's x and y come from 5,000 weights: its code wrote each layer over the one before (D13).",
    { every: 3 },
  );

const curves: readonly Figure[] = [
  lossCurves({
    title: 'Training loss of the eight runs',
    arms: runIds,
    caption: 'Mean loss of each epoch. See how alike the eight are, though their weights are far apart.',
  }),
  accuracyCurves({
    arms: runIds,
    caption:
      'Share of images that the network had right when it met them during the epoch: the number that the original ' +
      'writes beside its points.',
  }),
];

/** The planes of the network that made the original's figures. */
const figurePlaneFigures: readonly Figure[] = [
  pathFigure(
    'plane-figure-model',
    'PCA for the model, of the network that made the original figure: 784-500-50-10',
    'Eight paths, one a run, every third epoch joined. The figure of the original is of 417,500 weights in batches ' +
      'of 1,000 (D13, D14), not of the network that its text describes: see whether the picture is another for it. ' +
      accuracyText,
    { every: 3, accuracies: true },
  ),
  pathFigure(
    'plane-figure-layer1',
    `PCA for layer 1, of the same network: the first ${count(firstColumns)} weights`,
    `Every epoch of eight runs, in ${count(firstColumns)} columns of the first layer: 10 of its 500 ` +
      `units (D15), as in ` +
      "the original's figure.",
  ),
];

/** The planes of the code and of its table, and the curves of the runs. */
export const codedFigures = (lastLayerOnly: boolean, tenUnitsOnly: boolean): readonly Figure[] => [
  codedModelFigure,
  codedLayerFigure(tenUnitsOnly),
  tableFigure(lastLayerOnly),
  ...figurePlaneFigures,
  ...curves,
];

/** The planes of the text. */
export const writtenFigures: readonly Figure[] = [
  pathFigure(
    'plane-model',
    'PCA for the model: all weights',
    'Components of every third epoch of eight runs. See whether taking all epochs instead, as the code does, changes ' +
      'anything.',
  ),
  pathFigure(
    'plane-layer1',
    'PCA for layer 1: all its weights',
    `The same for all ${count(firstLayer.full)} weights of the first layer (${count(firstLayer.quick)} in a ` +
      'miniature).',
  ),
];

/** All runs together, one by itself, and what the common plane leaves out. */
export const intendedFigures: readonly Figure[] = [
  pathFigure(
    'plane-model',
    'All runs in their common plane',
    'Eight paths, one a run. The plane is spanned by the differences between the runs: each path in it is short.',
  ),
  pathFigure(
    'alone0',
    'One run in its own plane',
    `The first run alone, in the two components of its own ${lastEpoch} points. Random walks of many dimensions draw ` +
      'the same smooth arc: the table says how much of the variance they would put here.',
  ),
  ofColumns({
    id: 'residual',
    title: 'How far off their common plane the runs are',
    caption:
      'Distance of each point from the plane of the first figure, in the full space, beside its distance from the ' +
      'mean. Where the two meet, the plane shows nothing of the run.',
    mark: 'points',
    arms: ['plane-model'],
    series: [
      { x: 'epoch', y: 'residual', label: 'off the plane' },
      { x: 'epoch', y: 'distance', label: 'from the mean' },
    ],
    x: epochAxis,
    y: { label: 'distance (weight units)' },
  }),
];
