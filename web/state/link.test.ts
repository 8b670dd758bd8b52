import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/support/length.js';
import { panelNames } from '../worker/protocol.js';
import { type LinkRun, type LinkState, readLink, usualState, writeLink } from './link.js';
import { firstSpec, presets } from './presets.js';

const edit = fc.record({
  atStep: fc.nat(100_000),
  path: fc.constantFrom('optimizer.learningRate', 'optimizer.momentum', 'batchSize'),
  value: fc.oneof(fc.double({ min: 1e-6, max: 10, noNaN: true }), fc.constant('full' as const)),
});
const spec = fc
  .record({
    base: fc.constantFrom(firstSpec, ...presets.map((preset) => preset.spec)),
    seed: fc.nat(),
    learningRate: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    widths: fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 30 }),
  })
  .map(({ base, seed, learningRate, widths }) => ({
    ...base,
    seed,
    optimizer: { ...base.optimizer, learningRate },
    model: { kind: 'mlp' as const, widths: [1, ...widths, 1], activation: 'tanh' as const },
  }));
const laterRun = (before: number): fc.Arbitrary<LinkRun> =>
  fc.oneof(
    spec.map((one) => ({ spec: one })),
    fc.record({ parent: fc.nat(before - 1), atStep: fc.nat(100_000), edits: fc.array(edit, { maxLength: 3 }) }),
  );
const state: fc.Arbitrary<LinkState> = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc.record(
    {
      runs: fc.tuple(
        spec.map((one): LinkRun => ({ spec: one })),
        ...Array.from({ length: count - 1 }, (_, i) => laterRun(i + 1)),
      ),
      active: fc.nat(count - 1),
      compared: fc.nat(count - 1),
      step: fc.nat(1_000_000),
      pace: fc.constantFrom(0, 5, 500),
      panels: fc.subarray([...panelNames]),
      every: fc.integer({ min: 1, max: 10_000 }),
      logX: fc.boolean(),
      logY: fc.boolean(),
    },
    { requiredKeys: ['runs', 'active', 'step', 'pace', 'panels', 'every', 'logX', 'logY'] },
  ),
);

describe('a state in the link', () => {
  it('comes back whole', async () => {
    const check = async (one: LinkState) => {
      expect(await readLink(await writeLink(one))).toEqual(one);
    };
    await fc.assert(fc.asyncProperty(state, check), { numRuns: runs(150, 1000) });
  });

  it('is not written where it would not be read: so many points are too long', async () => {
    const inputs = Array.from({ length: 120_000 }, (_, i) => [Math.sqrt(i + 2)]);
    const data = { kind: 'table' as const, inputs, targets: inputs };
    const state = { ...usualState, runs: [{ spec: { ...firstSpec, data } }] };
    await expect(writeLink(state)).rejects.toThrow('so many points are too long for a link');
  });

  it('is short: nothing for what Play opens with, under 500 characters for every preset with a branch', async () => {
    expect(await writeLink(usualState)).toBe('');
    for (const { spec: one, panels = [] } of presets) {
      const edits = [{ atStep: 1234, path: 'optimizer.learningRate', value: 0.0005 }];
      const link = await writeLink({
        ...usualState,
        runs: [{ spec: one }, { parent: 0, atStep: 1234, edits }],
        active: 1,
        compared: 0,
        step: 2000,
        panels,
      });
      expect(link.length).toBeLessThan(500);
    }
  });

  it.each([
    ['something else', 'not one of this lab'],
    ['2.eyJzdGVwIjo1fQ', 'newer version'],
    ['0.eyJzdGVwIjo1fQ', 'not read any more'],
    ['1.eyJzdGVwIjo1f', 'damaged'],
    ['1z.eyJzdGVwIjo1fQ', 'damaged'],
    [`1.${btoa('{"step":-1}').replaceAll('=', '')}`, 'does not know'],
    [`1.${btoa('{"unknown":1}').replaceAll('=', '')}`, 'does not know'],
    [`1.${btoa('{"runs":[{"spec":{"model":null}}]}').replaceAll('=', '')}`, 'without model'],
    [`1.${btoa('{"active":3}').replaceAll('=', '')}`, 'not in it'],
  ])('that is broken says so: %s', async (text, says) => {
    await expect(readLink(text)).rejects.toThrow(says);
  });

  it('of any length is not read', async () => {
    await expect(readLink(`1.${'A'.repeat(1_100_000)}`)).rejects.toThrow('longer than');
  });

  it('of a bomb is not unpacked', async () => {
    const zeros = new Blob([new Uint8Array(3_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(zeros).arrayBuffer());
    const text = Buffer.from(bytes).toString('base64url');
    await expect(readLink(`1z.${text}`)).rejects.toThrow('damaged');
  });

  it('of any text throws an error for people, or opens', async () => {
    const read = async (text: string) => {
      const opened = await readLink(text).catch((error: Error) => error.message);
      expect(typeof opened === 'string' ? opened.length : opened.runs.length).toBeGreaterThan(0);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.string().map((text) => `1.${text}`),
        read,
      ),
      { numRuns: runs(100, 1000) },
    );
  });
});
