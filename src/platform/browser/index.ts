/**
 * Descent in a page: the same trials and measurements, to the same bits. A trial and a measurement run to their end in
 * one go. Where the page must stay responsive, a web worker holds a `TimeMachine` and takes slices of a few
 * milliseconds, between which messages come through; nothing needs a SharedArrayBuffer:
 *
 *     const machine = await createTimeMachine(parseTrialSpec(json), { ...host, onRow: post });
 *     const slice = () => machine.run({ forMs: 8 }) ?? setTimeout(slice);
 *     // to any step, by exact replay from the nearest keyframe:
 *     let missing = machine.seek(step);
 *     machine.run({ untilStep: step, forMs: 8 });      // again until trial.progress().step is there
 *     machine.trial.predict(data);                     // also evaluate, state, digest
 *     machine.trial.outcome().summary.hash;            // at the end: the hash of `descent train --json`
 *     const branch = await machine.branch(otherSpec, host);
 */
export { createTrainer, type Slice, stateDigest, type Trainer, type TrainState } from '../../engine/index.js';
export { runMeasurement } from '../../tasks/run-measurement.js';
export { runTrial } from '../../tasks/run-trial.js';
export { parseTrialSpec } from '../../tasks/schema/trial-schema.js';
export {
  type Keyframe,
  type Moment,
  type OpenHost,
  type OpenTrial,
  openTrial,
} from '../../tasks/time-travel/open-trial.js';
export { createTimeMachine, type KeyframeOptions, type TimeMachine } from '../../tasks/time-travel/time-machine.js';
export { fetchMnist } from './mnist-source.js';
export { type PageHost, pageHost } from './page-host.js';
