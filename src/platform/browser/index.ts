/**
 * Descent in a page: the same trials and measurements, to the same bits. Each runs to its end in one go: where the page
 * must stay responsive, run it in a web worker.
 */
export { runMeasurement } from '../../tasks/run-measurement.js';
export { runTrial } from '../../tasks/run-trial.js';
export { parseTrialSpec } from '../../tasks/schema.js';
export { fetchMnist } from './mnist-source.js';
export { type PageHost, pageHost } from './page-host.js';
