import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import frontSpec from '../front-spec.json' with { type: 'json' };
import { curveInputs, Fit } from '../plots/fit.js';
import { LossLine } from '../plots/loss-line.js';
import { wholeNumber } from '../plots/ticks.js';
import { createLab, type Lab } from '../state/lab.js';
import { lastVisit } from '../state/last-visit.js';
import { VerdictMarks } from './verdict-marks.js';

const spec = frontSpec as unknown as TrialSpec;
/** Steps a second: the whole run in some fifteen seconds. */
const pace = 200;

/** A network that is already learning, the verdicts, and the doors. */
export function Front() {
  const lab = useMemo(createLab, []);
  useEffect(() => {
    lab.pace.value = pace;
    lab.open(spec);
    return lab.close;
  }, [lab]);
  const visit = lastVisit();
  return (
    <main class="page front" id="main">
      <section class="hero" aria-labelledby="title">
        <div class="words">
          <h1 id="title">See a network learn, and rewind it to any step</h1>
          <p>
            This one trains in your browser, now. It starts from PyTorch's own first weights and comes to the same bits
            on every machine: so any moment can be gone back to, changed, and followed again.
          </p>
          <p class="row">
            <a class="button primary" href="#/play">
              Play
            </a>
            {visit && (
              <a class="button" href={`#/play${visit.link && `/${visit.link}`}`}>
                Go on: {visit.words}
              </a>
            )}
          </p>
        </div>
        <Learning lab={lab} />
      </section>
      <section class="doors" aria-label="Pages">
        <a href="#/play">
          <h2>Play</h2>
          <p>Data, network and optimizer of your own; rewind, branch and compare; every state is a link.</p>
        </a>
        <Report />
        <a href="#/verify">
          <h2>Verify</h2>
          <p>Paste a trial and its hash: it is run again here, and either has the same bits or says where they part.</p>
        </a>
      </section>
      <VerdictMarks />
    </main>
  );
}

/** The report is beside the lab only where it was made before the lab was built. */
function Report() {
  if (!import.meta.env.VITE_HAS_REPORT) return null;
  return (
    <a href="./report.html">
      <h2>Report</h2>
      <p>Classic experiments run again, each claim with its verdict and the numbers that decide it.</p>
    </a>
  );
}

function Learning({ lab }: { lab: Lab }) {
  const view = lab.active.value;
  const facts = view?.facts.value;
  const started = useSignal(false);
  useSignalEffect(() => {
    const samples = lab.active.value?.facts.value?.samples;
    if (!samples || started.value) return;
    started.value = true;
    lab.picture.value = { kind: 'curve', xs: curveInputs(samples) };
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) lab.play();
  });
  const place = view?.place.value;
  return (
    <div class="learning" data-ready={facts ? '' : undefined}>
      {view && facts ? (
        <Fit view={view} beside={undefined} />
      ) : (
        <div class="picture waiting">The network is laid out …</div>
      )}
      {view && <LossLine view={view} />}
      <div class="row scrubber">
        <button type="button" disabled={!facts} onClick={() => (place?.playing ? lab.pause() : again(lab))}>
          {place?.playing ? 'Pause' : 'Run'}
        </button>
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={`step ${place?.step ?? 0}`}
          min={0}
          max={facts?.totalSteps ?? 1}
          value={place?.step ?? 0}
          onInput={(event) => lab.seek(event.currentTarget.valueAsNumber)}
        />
        <output>step {wholeNumber(place?.step ?? 0)}</output>
      </div>
      <p class="tick" role="status">
        {tickWords(view?.outcome.value?.hash)}
      </p>
    </div>
  );
}

/** Runs on, or from the start once it has ended. */
function again(lab: Lab): void {
  const view = lab.active.value;
  if (view?.outcome.value && view.place.value.step === view.outcome.value.steps) lab.seek(0);
  lab.play();
}

const expected: string = import.meta.env.VITE_FRONT_HASH;

function tickWords(hash: string | undefined): string {
  if (hash === undefined)
    return 'At the end its hash is compared with the one that was made where this page was built.';
  return hash === expected
    ? `✓ The same bits as where this page was built: ${hash.slice(0, 12)}…`
    : `✗ Other bits than where this page was built: ${hash.slice(0, 12)}… against ${expected.slice(0, 12)}…`;
}
