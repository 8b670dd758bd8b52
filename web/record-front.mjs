// What the front page shows of its run until the engine is there: some of its curves and losses, a few kB, recorded by
// the same engine where the page is built.
import frontSpec from './front-spec.json' with { type: 'json' };

/** Close together while the curve bends fast, further apart later; a frame every so many steps. */
const frameSteps = [...steps(0, 200, 20), ...steps(300, frontSpec.stop.epochs, 150)];
const lossEvery = 25;
const inputs = 81;
/** Share of the samples' range that the curve goes beyond them, as the page draws it. */
const room = 0.05;

const thousandths = (values) => Array.from(values, (value) => Math.round(1000 * value));

function steps(from, to, by) {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
}

/** Evenly spaced inputs over the samples and a little beyond. */
function curveInputs([low, high]) {
  const extra = (high - low) * room;
  return Float32Array.from({ length: inputs }, (_, i) => low - extra + ((high - low + 2 * extra) * i) / (inputs - 1));
}

/** Trains the front page's run, and keeps what its first seconds show. Each curve is stored as its change. */
export async function recordFront() {
  const { openTrial } = await import('../dist/tasks/time-travel/open-trial.js');
  const losses = [];
  const host = {
    loadMnist: () => Promise.reject(new Error('no images')),
    onRow: ({ step, loss }) => (step - 1) % lossEvery === 0 && losses.push(Number(loss.toPrecision(3))),
  };
  const trial = await openTrial(frontSpec, host);
  const { train } = trial.data;
  const range = [train.inputs[0], train.inputs.at(-1)];
  const xs = curveInputs(range);
  const data = { ...train, size: inputs, inputs: xs, targets: new Float32Array(inputs) };
  let before = new Array(inputs).fill(0);
  const changes = frameSteps.map((step) => {
    trial.run({ untilStep: step });
    const curve = thousandths(trial.predict(data));
    const change = curve.map((value, i) => value - before[i]);
    before = curve;
    return change;
  });
  trial.run();
  const { hash } = trial.outcome().summary;
  return { hash, steps: frameSteps, changes, lossEvery, losses, range, targets: thousandths(train.targets) };
}
