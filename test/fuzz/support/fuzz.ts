import fc from 'fast-check';

/** One seed for all, so that two runs try the same inputs. `FUZZ_SEED` and `FUZZ_TIMES` (so many times the inputs) look elsewhere. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_240_607);
const times = Number(process.env['FUZZ_TIMES'] ?? 1);

/** Tries a property on `runs` inputs; a failure prints the seed and the path to the shortest input that fails. */
export async function fuzz<T>(runs: number, input: fc.Arbitrary<T>, check: (value: T) => void | Promise<void>) {
  const property = fc.asyncProperty(input, async (value) => {
    await check(value);
  });
  await fc.assert(property, { seed, numRuns: runs * times });
}
