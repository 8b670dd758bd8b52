import { shortNumber, wholeNumber } from '../plots/ticks.js';
import type { RunView } from '../state/run-view.js';

/** What became of a run: a problem, an end with its hash, or that it goes on. */
export function Outcome({ view }: { view: RunView }) {
  const problem = view.problem.value;
  if (problem) {
    return (
      <div class="notice bad" role="alert">
        <strong>This cannot be trained.</strong>
        {problem.split('\n').map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    );
  }
  if (!view.facts.value) return <p class="notice quiet">Laying out the network …</p>;
  const outcome = view.outcome.value;
  if (!outcome) return <p class="notice quiet">{facts(view)}</p>;
  return (
    <div class={outcome.status === 'diverged' ? 'notice bad' : 'notice good'} role="status">
      <p>
        <strong>{words[outcome.status]}</strong> after {wholeNumber(outcome.epochs)} epochs,{' '}
        {wholeNumber(outcome.steps)} steps
        {outcome.status !== 'diverged' && `, loss ${shortNumber(outcome.finalLoss)}`}.
      </p>
      {outcome.status === 'diverged' && (
        <p>
          The {outcome.what === 'parameters' ? 'parameters are' : 'loss is'} no longer finite. Go back some steps and
          try half the learning rate there, or fewer layers.
        </p>
      )}
      <p class="hash">
        hash <code data-hash={outcome.hash}>{outcome.hash}</code>
      </p>
    </div>
  );
}

const words = { finished: 'Finished', converged: 'Converged', diverged: 'Diverged' } as const;

function facts(view: RunView): string {
  const { parameters, samples } = view.facts.value!;
  const test = samples.testSize > 0 ? `, ${wholeNumber(samples.testSize)} to test on` : '';
  return `Run ${view.label}: ${wholeNumber(parameters)} parameters, ${wholeNumber(samples.size)} samples${test}`;
}
