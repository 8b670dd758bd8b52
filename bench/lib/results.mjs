// From rounds to results: medians and spread, PyTorch at its best, ratios, and whether the goals are met.
import { median } from './rounds.mjs';

const ms = (unit, value) => (unit === 's' ? value / 1e3 : unit === 'trials/h' ? 3.6e6 / value : value);

/** One workload's result as it is written to JSON. Times are in the workload's unit; `ratio` is how many times as fast as PyTorch Descent is. */
export function resultOf(workload, entries) {
  const { id, label, unit, goal } = workload;
  const contenders = entries.map(({ contender, rounds, leftOut, peakBytes, version, checks, details }) => ({
    id: contender.id,
    label: contender.label,
    ...(leftOut
      ? { leftOut }
      : {
          version,
          median: ms(unit, median(rounds)),
          min: ms(unit, Math.min(...rounds)),
          max: ms(unit, Math.max(...rounds)),
          rounds: rounds.map((value) => ms(unit, value)),
          peakMegabytes: peakBytes / 1e6,
          ...(checks?.length > 0 && { checks }),
          ...details,
        }),
  }));
  const one = (predicate) => fastest(unit, contenders, entries, predicate);
  const ours = one(({ id: name }) => name.startsWith('descent'));
  const torch = ({ family, flush }) => family === 'pytorch' && !flush;
  const oneThread = one((c) => torch(c) && c.threads === 1 && c.processes === 1);
  const usual = one((c) => torch(c) && c.threads === 1 && c.processes === 1 && !c.tuned);
  const anyThreads = one(torch);
  const against = workload.id === 'machine' ? anyThreads : oneThread;
  const ratio = ours && against && times(unit, ours, against);
  return {
    id,
    label,
    unit,
    contenders,
    ...(ours && { ours: ours.id }),
    ...(against && { best: against.id, ratio }),
    ...(usual && { usual: usual.id, ratioUsual: times(unit, ours, usual) }),
    ...(anyThreads && { bestAnyThreads: anyThreads.id, ratioAnyThreads: times(unit, ours, anyThreads) }),
    ...(goal && { goal }),
    ...(goal && ratio && { verdict: ratio >= goal.aim ? 'aim met' : ratio >= goal.least ? 'at least met' : 'missed' }),
    disagreements: disagreementsOf(workload, entries),
  };
}

/** How many times as fast `a` is as `b`, by their medians or (`of` = 'min') by the least time of each. */
export const times = (unit, a, b, of = 'median') => (unit === 'trials/h' ? a[of] / b[of] : b[of] / a[of]);

function fastest(unit, contenders, entries, predicate) {
  const able = contenders.filter((c, i) => c.median !== undefined && predicate(entries[i].contender));
  return able.toSorted((a, b) => (unit === 'trials/h' ? b.median - a.median : a.median - b.median))[0];
}

/** Contenders whose first losses (or norm of the Hessian) are not Descent's: they would not do the same work. */
function disagreementsOf({ tolerance = 1e-3 }, entries) {
  const ours = entries.find(({ contender }) => contender.id === 'descent')?.checks ?? [];
  return entries
    .filter(({ checks, leftOut }) => !leftOut && checks)
    .filter(({ checks }) => checks.some((value, i) => !(Math.abs(value - ours[i]) <= tolerance * Math.abs(ours[i]))))
    .map(({ contender, checks }) => `${contender.label}: ${checks.join(', ')} against ${ours.join(', ')}`);
}
