import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTrial } from '../../src/tasks/time-travel/open-trial.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import frontSpec from '../front-spec.json' with { type: 'json' };
import { curveInputs } from '../plots/pictures/fit.js';
import { recordFront } from '../record-front.mjs';
import { curvesOf, type Recording, showRecording } from './recording.js';

const spec = frontSpec as unknown as TrialSpec;

describe('the recording on the front page', () => {
  let recording: Recording;
  beforeAll(async () => {
    recording = await recordFront();
  });

  it('is a few kB, and ends with the hash of the run', async () => {
    expect(gzipSync(JSON.stringify(recording)).length).toBeLessThan(8000);
    const trial = await openTrial(spec, { loadMnist: () => Promise.reject(new Error('no images')) });
    trial.run();
    expect(recording.hash).toBe(trial.outcome().summary.hash);
  });

  it('shows the network as it was: curves within what a line between its points can show', async () => {
    const trial = await openTrial(spec, { loadMnist: () => Promise.reject(new Error('no images')) });
    const { view, seek } = showRecording(recording, spec);
    const xs = curveInputs(view.facts.value!.samples);
    const data = { ...trial.data.train, size: xs.length, inputs: xs, targets: new Float32Array(xs.length) };
    for (const i of [0, 5, recording.steps.length - 1]) {
      const step = recording.steps[i]!;
      trial.run({ untilStep: step });
      seek(step + 5);
      const shown = view.picture.value!.outputs;
      const apart = trial.predict(data).map((value, at) => Math.abs(value - shown[at]!));
      expect(Math.max(...apart)).toBeLessThan(0.02);
    }
    expect(curvesOf(recording)).toHaveLength(recording.steps.length);
  });

  it('has the losses of its steps', () => {
    const { view, seek } = showRecording(recording, spec);
    seek(60);
    expect([...view.lines.get('loss')!.x.subarray(0, 3)]).toEqual([1, 26, 51]);
    seek(10);
    expect(view.place.value).toMatchObject({ step: 10, head: 60 });
  });
});
