// From rounds to results: medians and spread, PyTorch at its best, ratios, and whether the goals are met.
import { median } from './rounds.mjs';

const inUnit = (unit, value) => (unit === 's' ? value / 1e3 : unit === 'trials/h' ? 3.6e6 / value : value);

/** A contender's setting, which its id names. */
const settingOf = ({ id }) => ({
  isTorch: id.startsWith('pytorch') && !id.includes('flushed'),
  isTuned: /tuned|kept/.test(id),
  isOneThread: !/\d-(threads|processes)/.test(id),
});

function contenderResult(unit, { contender, rounds, leftOut, peakBytes, version, checks, details }) {
  const { id, label } = contender;
  if (leftOut) return { id, label, leftOut };
  return {
    id,
    label,
    version,
    ...spreadOf(unit, rounds),
    ...(peakBytes && { peakMegabytes: peakBytes / 1e6 }),
    ...(checks?.length > 0 && { checks }),
    ...details,
  };
}

/** `min`: of the round that took the least time, which of trials an hour are the most. */
const spreadOf = (unit, rounds) => ({
  median: inUnit(unit, median(rounds)),
  min: inUnit(unit, Math.min(...rounds)),
  max: inUnit(unit, Math.max(...rounds)),
  rounds: rounds.map((value) => inUnit(unit, value)),
});

/** One workload's result as it is written to JSON. Times are in the workload's unit. */
export function resultOf(workload, entries) {
  const { id, label, unit, kind, goal } = workload;
  const contenders = entries.map((entry) => contenderResult(unit, entry));
  return compared({
    id,
    label,
    unit,
    kind,
    contenders,
    ...(goal && { goal }),
    disagreements: disagreementsOf(workload, entries),
  });
}

/**
 * A result with what follows from its contenders. `ratio` is how many times as fast as PyTorch's fastest setting on one
 * thread Descent
 * is, by the least time of each: that of an undisturbed round, which other work on the machine moves less than the
 * median.
 */
export function compared(result) {
  const { id, unit, kind, goal, contenders } = result;
  const one = (predicate) => fastest(unit, contenders, predicate);
  const isNative = ({ id: name }) => name.startsWith('descent-native');
  const isNarrower = ({ id: name }) => name.startsWith('descent-256-native');
  const ours = one((each) => each.id.startsWith('descent') && !isNative(each) && !isNarrower(each));
  const native = one(isNative);
  const native256 = one(isNarrower);
  const anyThreads = one((contender) => settingOf(contender).isTorch);
  const isWhole = id === 'machine' || kind === 'process';
  const counts = (contender) => {
    const { isTorch, isOneThread } = settingOf(contender);
    return isTorch && (isWhole || isOneThread);
  };
  const best = one(counts);
  const usual = one((contender) => counts(contender) && !settingOf(contender).isTuned);
  const ratio = ours && best && times(unit, ours, best);
  return {
    ...result,
    ...(ours && { ours: ours.id }),
    ...(ratio && { best: best.id, ratio, ratioOfMedians: times(unit, ours, best, 'median') }),
    ...(native && { native: native.id, ...(best && { ratioNative: times(unit, native, best) }) }),
    ...(native256 && { native256: native256.id, ...(best && { ratioNative256: times(unit, native256, best) }) }),
    ...(ours && usual && { usual: usual.id, ratioUsual: times(unit, ours, usual) }),
    ...(ours && anyThreads && { bestAnyThreads: anyThreads.id, ratioAnyThreads: times(unit, ours, anyThreads) }),
    ...(goal && ratio && { verdict: ratio >= goal.aim ? 'aim met' : ratio >= goal.least ? 'at least met' : 'missed' }),
  };
}

/** How many times as fast `a` is as `b`, by the least time of each or (`of` = 'median') by their medians. */
export const times = (unit, a, b, of = 'min') => (unit === 'trials/h' ? a[of] / b[of] : b[of] / a[of]);

function fastest(unit, contenders, predicate) {
  const able = contenders.filter((contender) => contender.min !== undefined && predicate(contender));
  return able.toSorted((a, b) => (unit === 'trials/h' ? b.min - a.min : a.min - b.min))[0];
}

/** Contenders whose first losses (or norm of the Hessian) are not Descent's: they would not do the same work. */
function disagreementsOf({ tolerance = 1e-3 }, entries) {
  const ours = entries.find(({ contender }) => contender.id === 'descent')?.checks ?? [];
  return entries
    .filter(({ checks, leftOut }) => !leftOut && checks)
    .filter(({ checks }) => checks.some((value, i) => !(Math.abs(value - ours[i]) <= tolerance * Math.abs(ours[i]))))
    .map(({ contender, checks }) => `${contender.label}: ${checks.join(', ')} against ${ours.join(', ')}`);
}
