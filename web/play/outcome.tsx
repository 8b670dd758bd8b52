import { shortNumber, wholeNumber } from '../plots/ticks.js';
import { specAt } from '../state/edits.js';
import type { Lab } from '../state/lab.js';
import { firstSpec } from '../state/presets.js';
import type { RunView } from '../state/run-view.js';
import { type PlayState, wayOn } from './use-play.js';

interface Props {
  readonly lab: Lab;
  readonly play: PlayState;
  readonly view: RunView;
}

/** What became of a run: a problem, an end with its hash, or that it goes on. */
export function Outcome({ lab, play, view }: Props) {
  if (view.problem.value) return <Problem lab={lab} play={play} view={view} />;
  if (!view.facts.value) return <p class="notice quiet waiting-words">{waitingWords(view)}</p>;
  const outcome = view.outcome.value;
  if (!outcome) return <p class="notice quiet">{facts(view)}</p>;
  const diverged = outcome.status === 'diverged';
  return (
    <div class={diverged ? 'notice bad' : 'notice good'} role="status">
      <p>
        <strong>{words[outcome.status]}</strong> after {wholeNumber(outcome.epochs)} epochs,{' '}
        {wholeNumber(outcome.steps)} steps{!diverged && `, loss ${shortNumber(outcome.finalLoss)}`}.
      </p>
      {diverged && <Diverged play={play} view={view} />}
      <p class="hash">
        hash <code data-hash={outcome.hash}>{outcome.hash}</code>
      </p>
    </div>
  );
}

const words = { finished: 'Finished', converged: 'Converged', diverged: 'Diverged' } as const;

/** What is wrong with a run that cannot be, what to try, and a way back. */
function Problem({ lab, play, view }: Props) {
  const text = view.problem.value ?? '';
  const back = lab.runs.value.find((one) => one !== view && one.facts.value && !one.problem.value);
  return (
    <div class="notice bad" role="alert">
      <strong>This cannot be trained.</strong>
      {text.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>{advice(text)}</p>
      <p class="row">
        {noImages.test(text) && (
          <button type="button" onClick={() => play.takeSpec(view.spec)}>
            Try again
          </button>
        )}
        {back && (
          <button type="button" onClick={() => lab.show(back)}>
            Back to run {back.label}
          </button>
        )}
        <button type="button" onClick={() => play.takeSpec(firstSpec)}>
          Begin with the first run
        </button>
      </p>
    </div>
  );
}

/** The file did not come; what is wrong with it is not a change of the trial. */
const noImages = /: expected the images, got/;

const advices: readonly (readonly [RegExp, string])[] = [
  [/^the worker stopped/, 'Load the page again; what was trained comes back from the address.'],
  [noImages, 'The images come from where this page lies: look at the connection, then try again.'],
  [
    /^model|layers?\[|input/,
    'Change the layers: each takes what the one before puts out, the last one as many as there are classes or values.',
  ],
  [/^data/, 'Change the samples; the formula or the rows say where.'],
  [/^optimizer|^edits/, 'Change the optimizer: its rate is above 0, momentum below 1.'],
  [/at most/, 'Make it smaller: fewer units, samples or epochs.'],
];

const advice = (text: string): string =>
  advices.find(([pattern]) => pattern.test(text))?.[1] ?? 'Change what is named here, and it starts at once.';

/** Why numbers grew beyond all bounds, and one thing to try. */
function Diverged({ play, view }: Pick<Props, 'play' | 'view'>) {
  const { step, rate } = wayOn(view);
  const before = specAt(view.spec, step).optimizer.learningRate;
  return (
    <>
      <p>
        The {view.outcome.value?.what === 'parameters' ? 'parameters are' : 'loss is'} no longer finite: steps of{' '}
        {shortNumber(before)} were too long for the curvature, and each went further than the one before.{' '}
        {step === 0
          ? 'Begin again with a tenth of the learning rate, or with fewer layers.'
          : 'Go back some steps and try half the learning rate there, or fewer layers.'}
      </p>
      <p>
        <button type="button" onClick={play.lowerRate}>
          Go on from step {wholeNumber(step)} with {shortNumber(rate)}
        </button>
      </p>
    </>
  );
}

function waitingWords({ spec: { data } }: RunView): string {
  return data.kind === 'mnist' ? 'Fetching the images, and laying out the network …' : 'Laying out the network …';
}

function facts(view: RunView): string {
  const { parameters, samples } = view.facts.value!;
  const test = samples.testSize > 0 ? `, ${wholeNumber(samples.testSize)} to test on` : '';
  return `Run ${view.label}: ${wholeNumber(parameters)} parameters, ${wholeNumber(samples.size)} samples${test}`;
}
