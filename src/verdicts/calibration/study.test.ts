import { describe, expect, it } from 'vitest';
import { Mt19937 } from '../../base/mt19937.js';
import { medianSequence, rateSequence } from '../../base/statistics/index.js';
import { isReal, outcomeInBand, outcomeOf } from '../outcome.js';
import { medians, rateOf, tiedPairs } from './distributions.js';
import { verdictRule } from './rules.js';
import { type Claimed, exactly, isTrue, type Scenario, type Units } from './scenario.js';
import { boundAt, boundsOf, sidesOf, verdictAt } from './study.js';

// The calibration counts; the page sorts. Both must say the same at every look.

const evidence = 40;
const units = 120;

/** The interval of the first n units, as the page makes it. */
function intervalOf({ parameter }: Scenario, { low, high }: Units, n: number) {
  const own = Array.from({ length: n }, (_, i) => ({ low: low[i]!, high: high[i]! })).filter(
    (x) => !Number.isNaN(x.low),
  );
  if (parameter === 'median') return medianSequence(own, evidence);
  if (own.length === 0) return { low: -1, high: 1 };
  const rate = rateSequence(own.filter((x) => x.low === 1).length, own.length, evidence);
  return parameter === 'rate' ? rate : { low: 2 * rate.low - 1, high: 2 * rate.high - 1 };
}

/** Claims around the truth of a scenario, near and far. */
function claimsOf({ truth, parameter }: Scenario): readonly Claimed[] {
  const step = parameter === 'median' ? 1 : 0.3;
  return [
    { margin: truth.low, noEffect: truth.low - 0.1 },
    { margin: truth.high + step, noEffect: truth.high - 0.2 },
    { margin: truth.low - step, noEffect: truth.low - step },
    { margin: truth.high + step, noEffect: truth.high + step },
    { band: { low: truth.low - step, high: truth.high + step } },
    { band: { low: truth.high, high: truth.high + step } },
  ];
}

function pageVerdict(range: ReturnType<typeof intervalOf>, claimed: Claimed) {
  if ('band' in claimed) return { outcome: outcomeInBand(range, claimed.band), real: false };
  const bound = { direction: 'above', ...claimed } as const;
  const outcome = outcomeOf(range, bound);
  return { outcome, real: outcome === 'fallsShort' && isReal(range, bound) };
}

describe('a simulated verdict', () => {
  it.each([...medians, rateOf(0.5), tiedPairs].map((scenario) => [scenario.name, scenario] as const))(
    'is that of the page at every look: %s',
    (_, scenario) => {
      const rng = new Mt19937(3);
      const said = new Set<string>();
      for (let study = 0; study < 3; study++) {
        const drawn = scenario.draw(rng, units);
        for (const claimed of claimsOf(scenario)) {
          const [first, second] = boundsOf(claimed).map((value) =>
            sidesOf(drawn, boundAt(value, scenario.parameter, units, verdictRule(evidence)), false),
          ) as [Int8Array, Int8Array];
          const looks = [...Array(units).keys()];
          const counted = looks.map((look) => verdictAt({ claimed, first, second }, look));
          expect(counted).toEqual(looks.map((look) => pageVerdict(intervalOf(scenario, drawn, look + 1), claimed)));
          for (const { outcome } of counted) said.add(outcome);
        }
      }
      expect(said.size).toBeGreaterThan(1);
    },
  );

  it('is false on the wrong side of a bound, and at it', () => {
    const claimed = { margin: 1, noEffect: 0 };
    const truths = (outcome: 'stands' | 'falls' | 'fallsShort' | 'open', real = false) =>
      [-1, 0, 0.5, 1, 2].map((t) => isTrue({ outcome, real }, exactly(t), claimed));
    expect(truths('stands')).toEqual([false, false, false, false, true]);
    expect(truths('falls')).toEqual([true, false, false, false, false]);
    expect(truths('fallsShort')).toEqual([true, true, true, false, false]);
    expect(truths('fallsShort', true)).toEqual([false, false, true, false, false]);
    expect(truths('open')).toEqual([true, true, true, true, true]);
    const inBand = (outcome: 'stands' | 'falls', t: number) =>
      isTrue({ outcome, real: false }, exactly(t), { band: { low: 0, high: 1 } });
    expect([-1, 0, 0.5, 1, 2].map((t) => inBand('stands', t))).toEqual([false, false, true, false, false]);
    expect([-1, 0, 0.5, 1, 2].map((t) => inBand('falls', t))).toEqual([true, false, false, false, true]);
  });
});
