import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cutting, placeAfter, stepsOf } from './schedule.js';

const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant('full' as const));
const cuttings: fc.Arbitrary<Cutting> = fc.record({
  samples: fc.integer({ min: 1, max: 10 }),
  epochs: fc.nat(6),
  batchSize: size,
  changes: fc
    .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 })
    .chain((steps) =>
      fc.tuple(...[...steps].sort((a, b) => a - b).map((atStep) => size.map((value) => ({ atStep, value })))),
    ),
});

/** The same step by step: where each begins. */
function walk({ samples, epochs, batchSize, changes }: Cutting) {
  const places = [{ epochs: 0, batches: 0, samples: 0 }];
  let value = batchSize;
  for (let step = 1; places.at(-1)!.epochs < epochs; step++) {
    value = changes.find(({ atStep }) => atStep === step)?.value ?? value;
    const at = places.at(-1)!;
    const met = at.samples + (value === 'full' ? samples : value);
    places.push(
      met >= samples
        ? { epochs: at.epochs + 1, batches: 0, samples: 0 }
        : { epochs: at.epochs, batches: at.batches + 1, samples: met },
    );
  }
  return places;
}

test('where a run is after its steps, and how many there are, is as if each step were taken', () => {
  fc.assert(
    fc.property(cuttings, (cutting) => {
      const places = walk(cutting);
      expect(stepsOf(cutting)).toBe(places.length - 1);
      expect(places.map((_, step) => placeAfter(cutting, step))).toEqual(places);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('an epoch of which half is met is cut into the new batches from there on', () => {
  const cutting = { samples: 10, epochs: 2, batchSize: 4, changes: [{ atStep: 2, value: 5 }] };
  expect([1, 2, 3, 4].map((steps) => placeAfter(cutting, steps))).toEqual([
    { epochs: 0, batches: 1, samples: 4 },
    { epochs: 0, batches: 2, samples: 9 },
    { epochs: 1, batches: 0, samples: 0 },
    { epochs: 1, batches: 1, samples: 5 },
  ]);
});
