/**
 * Descent in a page: the same trials and measurements, to the same bits. A trial and a measurement run to their end in
 * one go: where the page must stay responsive, run them in a web worker, or train in slices with `createTrainer`.
 */
export { createTrainer, type Slice, type Trainer } from '../../engine/index.js';
export { runMeasurement } from '../../tasks/run-measurement.js';
export { runTrial } from '../../tasks/run-trial.js';
export { parseTrialSpec } from '../../tasks/schema/trial-schema.js';
export { fetchMnist } from './mnist-source.js';
export { type PageHost, pageHost } from './page-host.js';
