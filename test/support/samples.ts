export { samplesFor } from '../../src/engine/bindings/made-up-samples.js';
