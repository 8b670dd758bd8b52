import type { Experiment, Protocol } from '../../study/experiment.js';
import { bugs, count, someTwins, switchable } from '../../study/vocabulary/index.js';
import { figureArms, sizes, tableArms } from './arms.js';
import { claims } from './claims.js';
import { disagreements } from './disagreements.js';
import { figureQuantities } from './figure-quantities.js';
import { codedFigures, intendedFigures, writtenFigures } from './figures.js';
import {
  alone,
  figurePlanes,
  firstColumns,
  layerPlane,
  modelPlane,
  ownPlane,
  pairs,
  printedPlanes,
  printedWeights,
  tablePlane,
} from './planes.js';
import { presetsOf } from './presets.js';
import {
  endsApart,
  planeQuantities,
  printedPlaneQuantities,
  printedWeightQuantities,
  settings,
  tableQuantities,
} from './quantities.js';

const codedBugs = bugs({
  lastLayerOnly: { about: "The table's components are of the last layer alone", disagreement: 'D13' },
  tenUnitsOnly: { about: `"Layer 1" is its first ${count(firstColumns)} weights`, disagreement: 'D15' },
  seedResetInLoop: {
    about:
      'The seed is set in the loop, so that all eight runs are one (the notebook as saved; not the figures of the ' +
      'report)',
    disagreement: 'D17',
    standard: false,
  },
});

const asCoded = switchable(codedBugs, ({ lastLayerOnly, tenUnitsOnly, seedResetInLoop }) => {
  const planes = [tablePlane(lastLayerOnly), modelPlane(), layerPlane(tenUnitsOnly)];
  const plan = { snapshotsEvery: 1, seedResetInLoop };
  return {
    id: 'as-coded',
    note:
      '784-500-10, batches of 100, Adam at 0.0004 with weight decay 1e-4; eight runs of 45 epochs on one stream of ' +
      'random numbers; weights without biases after each epoch. Components are of all 8 x 45 points, centred and ' +
      'not scaled, and every third epoch is drawn. Which batch size made the figures is not certain (D14); this one ' +
      'made the tables. Runs are counted from 0, as the original counts them in its table; epochs from 1, which ' +
      'its table counts from 0. At full size the printed tables are held against eight runs more, tested at ' +
      'their ends (D49).',
    presets: presetsOf(['smoke', 'quick', 'report', 'study'], plan, [...planes, ...pairs], {
      report: {
        arms: [...figureArms(sizes.report, plan), ...tableArms(sizes.report, plan)],
        measurements: [...figurePlanes, ...printedPlanes(lastLayerOnly), ...printedWeights],
        twins: someTwins,
      },
    }),
    figures: codedFigures(lastLayerOnly, tenUnitsOnly),
    quantities: [
      ...tableQuantities,
      endsApart,
      ...planeQuantities([...planes, ...figurePlanes].map(({ id }) => id)),
      ...settings,
      ...printedPlaneQuantities,
      ...printedWeightQuantities,
      ...figureQuantities,
    ],
  };
});

const asWritten: Protocol = {
  id: 'as-written',
  note:
    'As the text has it: weights of every third epoch alone are taken, and their components found; the whole of ' +
    'layer 1. The text does not give a batch size; 100 as in the tables.',
  presets: presetsOf(['smoke', 'quick', 'study'], { snapshotsEvery: 3, seedResetInLoop: false }, [
    modelPlane(),
    layerPlane(),
    ...pairs,
  ]),
  figures: writtenFigures,
  quantities: [endsApart, ...planeQuantities(['plane-model', 'plane-layer1'])],
};

const asIntended: Protocol = {
  id: 'as-intended',
  note:
    'The same eight runs, each also seen by itself, its first ten epochs apart from the rest; how much of the ' +
    'variance two components hold, how far the runs are off the plane, and what the same picture shows of random ' +
    'walks with the same step lengths (Antognini and Sohl-Dickstein 2018).',
  presets: presetsOf(
    ['smoke', 'quick', 'study'],
    { snapshotsEvery: 1, seedResetInLoop: false },
    [modelPlane('all runs'), ...alone, ...pairs],
    { study: { measurements: [ownPlane] } },
  ),
  figures: intendedFigures,
  quantities: [endsApart, ...planeQuantities(['plane-model', ...alone.map(({ id }) => id)])],
};

/** 1.2.1: what do two principal components show of training? */
export const weightTrajectories: Experiment = {
  id: 'weight-trajectories',
  section: '1.2.1',
  title: 'Visualise the optimisation process',
  question: 'What do two principal components of eight trainings show, and what do they leave out?',
  protocols: [asCoded, asWritten, asIntended],
  claims,
  disagreements,
};
