import type { Proof, Shown } from '../exports/proof.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';

/** What a lab shows: the run, and the one beside it. */
export function shownNow({ active, compared }: Lab): Shown {
  const [view, beside] = [active.value!, compared.value];
  const { name, proof } = shownOf(view);
  return { name, proof: { ...proof, ...(beside && { beside: shownOf(beside).proof }) } };
}

/** One run where it stands. */
export function shownOf(view: RunView): Shown {
  const { step } = view.place.value;
  const proof: Proof = { spec: JSON.stringify(view.spec, null, 2), hash: view.outcome.value?.hash ?? '', step };
  return { name: `descent-${view.label}-step${step}`, proof };
}
