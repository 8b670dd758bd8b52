import { describe, test } from 'vitest';
import { derivativesFixtures, type Fixture, fixtureBatch, trainingFixtures } from '../../../test/fixtures/load.js';
import { expectClose } from '../../../test/support/close.js';
import { dot } from '../../../test/support/derivatives.js';
import { type Batch, referenceNetwork } from './network.js';
import { initialState, optimizerStep } from './optimizers.js';

const exactBatch = ({ inputs, targets }: Pick<Fixture, 'inputs' | 'targets'>): Batch => ({
  inputs: Float64Array.from(inputs),
  targets,
});

describe.each(trainingFixtures().map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  test("10 steps have PyTorch's losses, gradient norms and final parameters within 1e-11", () => {
    const network = referenceNetwork(fixture.network);
    let state = initialState(fixture.optimizer, Float64Array.from(fixture.params));
    const losses: number[] = [];
    const gradNorms: number[] = [];
    for (let step = 0; step < fixture.losses.length; step++) {
      const batch = exactBatch(fixtureBatch(fixture, step));
      const { loss, gradient } = network.lossAndGradient(state.params, batch, fixture.loss);
      losses.push(loss);
      gradNorms.push(Math.sqrt(dot(gradient, gradient)));
      state = optimizerStep(fixture.optimizer, state, gradient);
    }
    expectClose(losses, fixture.losses, 1e-11);
    expectClose(gradNorms, fixture.gradNorms, 1e-11);
    expectClose(state.params, fixture.finalParams, 1e-11);
  });
});

describe.each(derivativesFixtures().map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const network = referenceNetwork(fixture.network);
  const params = Float64Array.from(fixture.params);
  const batch = exactBatch(fixture);

  test("loss, gradient and Hessian are PyTorch's within 1e-11", () => {
    const { loss, gradient, hvp } = network.curvature(params, batch, fixture.loss);
    const columns = Array.from(params, (_, i) => hvp(new Float64Array(params.length).with(i, 1)));
    expectClose([loss], [fixture.value], 1e-11);
    expectClose(gradient, fixture.gradient, 1e-11);
    expectClose(
      columns.flatMap((column) => [...column]),
      fixture.hessian,
      1e-11,
    );
  });

  test("the input Jacobian is PyTorch's within 1e-11", () => {
    const jacobian = network.linearize(params, batch.inputs).inputJacobian();
    expectClose(jacobian, fixture.inputJacobian, 1e-11);
  });
});
