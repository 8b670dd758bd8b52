import recording from 'virtual:front-recording';
import { useEffect, useMemo } from 'preact/hooks';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import frontSpec from '../front-spec.json' with { type: 'json' };
import { LossLine } from '../plots/loss-line.js';
import { curveInputs, Fit } from '../plots/pictures/fit.js';
import { wholeNumber } from '../plots/ticks.js';
import { type FrontRun, followRun } from '../state/front-run.js';
import { createLab, type Lab } from '../state/lab.js';
import { lastVisits } from '../state/last-visit.js';
import { showRecording } from '../state/recording.js';
import type { RunView } from '../state/run-view.js';
import { VerdictMarks } from './verdict-marks.js';
import words from './words.json' with { type: 'json' };

const spec = frontSpec as unknown as TrialSpec;
/** Steps a second: the whole run in some fifteen seconds. */
const pace = 200;

/** A network that is already learning, the verdicts, and the doors. */
export function Front() {
  const lab = useMemo(createLab, []);
  useEffect(() => {
    lab.open(spec);
    return lab.close;
  }, [lab]);
  const [visit] = lastVisits();
  return (
    <main class="page front" id="main">
      <section class="hero" aria-labelledby="title">
        <div class="words">
          <h1 id="title">{words.front.title}</h1>
          <p>{words.front.text}</p>
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
  const run = useMemo(() => frontRun(lab), [lab]);
  useEffect(() => {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) run.play();
    return run.stop;
  }, [run]);
  const view = run.view.value;
  const { step } = view.place.value;
  return (
    <div class="learning" data-ready={run.isLive.value ? '' : undefined}>
      <Fit view={view} beside={undefined} />
      <LossLine view={view} />
      <div class="row scrubber">
        <button type="button" onClick={run.isPlaying.value ? run.pause : run.play}>
          {run.isPlaying.value ? 'Pause' : 'Run'}
        </button>
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={`step ${step}`}
          min={0}
          max={view.facts.value?.totalSteps ?? 1}
          value={step}
          onInput={(event) => run.seek(event.currentTarget.valueAsNumber)}
        />
        <output>step {wholeNumber(step)}</output>
      </div>
      <p class="tick" role="status">
        {tickWords(run.isLive.value, lab.active.value)}
      </p>
    </div>
  );
}

function frontRun(lab: Lab): FrontRun {
  const recorded = showRecording(recording, spec);
  const xs = curveInputs(recorded.view.facts.value!.samples);
  return followRun({ lab, recorded, picture: { kind: 'curve', xs }, stepsPerSecond: pace });
}

const expected = recording.hash;

function tickWords(isLive: boolean, view: RunView | undefined): string {
  const problem = view?.problem.value;
  if (problem) return `What you see was recorded; training it here failed: ${problem}`;
  if (!isLive) return 'What you see was recorded; in a moment your browser trains it itself.';
  const hash = view?.outcome.value?.hash;
  if (hash === undefined)
    return 'At the end its hash is compared with the one that was made where this page was built.';
  return hash === expected
    ? `✓ The same bits as where this page was built: ${hash.slice(0, 12)}…`
    : `✗ Other bits than where this page was built: ${hash.slice(0, 12)}… against ${expected.slice(0, 12)}…`;
}
