import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import frontSpec from '../front-spec.json' with { type: 'json' };
import { shortNumber, wholeNumber } from '../plots/ticks.js';
import { type Claimed, firstDifference, readClaimed } from '../state/claimed.js';
import { createLab, type Lab } from '../state/lab.js';
import words from './words.json' with { type: 'json' };

/** Runs a trial again and compares it with what is said of it. */
export function Verify() {
  const lab = useMemo(createLab, []);
  useEffect(() => lab.close, [lab]);
  const problem = useSignal<string | undefined>(undefined);
  const claimed = useSignal<Claimed | undefined>(undefined);
  const begin = (pasted: Pasted): void => {
    problem.value = undefined;
    try {
      claimed.value = readClaimed(pasted);
      lab.pace.value = 0;
      lab.open(claimed.value.spec);
      lab.play();
    } catch (error) {
      claimed.value = undefined;
      problem.value = (error as Error).message;
    }
  };
  return (
    <main class="page verify" id="main">
      <h1>{words.verify.title}</h1>
      <p>{words.verify.text}</p>
      <PasteForm onPasted={begin} />
      <div role="status" aria-live="polite">
        {problem.value && (
          <div class="notice bad">
            <strong>This cannot be run.</strong> {problem.value}
          </div>
        )}
        {claimed.value && <Answer lab={lab} claimed={claimed.value} />}
      </div>
    </main>
  );
}

type Pasted = Parameters<typeof readClaimed>[0];

function PasteForm({ onPasted }: { onPasted: (pasted: Pasted) => void }) {
  const [text, hash, rows, problem] = [useSignal(''), useSignal(''), useSignal(''), useSignal('')];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onPasted({ spec: text.value, hash: hash.value, rows: rows.value });
      }}
    >
      <label>
        <span>
          Trial, as JSON; or the trial and its hash as <code>{'{ "spec": …, "hash": "…" }'}</code>
        </span>
        <textarea rows={12} spellcheck={false} required value={text.value} onInput={taking(text)} />
      </label>
      <p class="row">
        <button type="button" onClick={() => example(text, hash)}>
          An example
        </button>
        <label class="file">
          <span>or from a file</span>
          <input
            type="file"
            accept=".json,application/json"
            onChange={async ({ currentTarget }) => {
              problem.value = await fromFile(currentTarget, text);
            }}
          />
        </label>
      </p>
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      <label>
        Hash, 64 hex digits <input value={hash.value} onInput={taking(hash)} spellcheck={false} autocomplete="off" />
      </label>
      <details>
        <summary>Rows, to find where bits part</summary>
        <label>
          <span>
            What <code>descent train trial.json --json</code> printed
          </span>
          <textarea rows={6} spellcheck={false} value={rows.value} onInput={taking(rows)} />
        </label>
      </details>
      <button type="submit" class="primary">
        Run it again
      </button>
    </form>
  );
}

const taking =
  (to: Signal<string>) =>
  (event: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }): void => {
    to.value = event.currentTarget.value;
  };

/** Bytes of a file, at most: no trial is longer. */
const largestFile = 5_000_000;

/** Takes what a file has. Returns what is wrong with it. */
async function fromFile(input: HTMLInputElement, to: Signal<string>): Promise<string> {
  const file = input.files?.[0];
  if (!file) return '';
  if (file.size > largestFile) return `${file.name}: expected at most ${largestFile} bytes, got ${file.size}`;
  to.value = await file.text();
  return '';
}

/** The run of the front page, with the hash that it had where the page was built. */
function example(text: Signal<string>, hash: Signal<string>): void {
  text.value = JSON.stringify(frontSpec, null, 2);
  hash.value = import.meta.env.VITE_FRONT_HASH;
}

function Answer({ lab, claimed }: { lab: Lab; claimed: Claimed }) {
  const view = lab.active.value;
  if (!view) return null;
  const problem = view.problem.value;
  if (problem) {
    return (
      <div class="notice bad">
        <strong>This cannot be run.</strong> {problem}
      </div>
    );
  }
  const outcome = view.outcome.value;
  const { step } = view.place.value;
  const total = view.facts.value?.totalSteps ?? 1;
  if (!outcome) {
    return (
      <p>
        <progress max={total} value={step} aria-label="Steps" /> step {wholeNumber(step)} of {wholeNumber(total)}
      </p>
    );
  }
  const difference = firstDifference(claimed.rows, view.lines);
  const says = claimed.hash === undefined ? 'ran' : claimed.hash === outcome.hash ? 'same' : 'other';
  return (
    <div class={says === 'other' ? 'notice bad' : 'notice good'} data-says={says}>
      <p>
        <strong>
          {says === 'same' && 'The same bits on your machine.'}
          {says === 'other' && 'Other bits than those of this hash.'}
          {says === 'ran' && 'It ran; there was no hash to compare with.'}
        </strong>{' '}
        It {outcome.status} after {wholeNumber(outcome.epochs)} epochs, loss {shortNumber(outcome.finalLoss)}.
      </p>
      {difference && <p>{difference}</p>}
      <p class="hash">
        hash <code>{outcome.hash}</code>
      </p>
    </div>
  );
}
