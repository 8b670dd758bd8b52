import type { TrainProgress } from '../engine/index.js';
import { type ProgressMeter, progressMeter, type RunProgress } from '../lab/progress.js';
import type { RunListener, TrialReport, TrialTask } from '../lab/run-trials.js';
import { counted, duration, print } from './text.js';

/** Shows a run as it goes. `labels` names each task for people. */
export interface RunOutput extends RunListener {
  /** No more comes. */
  close(): void;
}

/** A bar on a terminal, plain lines elsewhere, JSON Lines where asked for. */
export async function runOutput(
  tasks: readonly TrialTask[],
  labels: readonly string[],
  json: boolean,
): Promise<RunOutput> {
  const meter = progressMeter(
    tasks.map((task) => task.spec),
    () => performance.now(),
  );
  if (json) return followed(meter, jsonOutput(tasks));
  if (process.stdout.isTTY) return followed(meter, await barOutput(meter, labels));
  return followed(meter, lineOutput(meter, labels));
}

/** Keeps the meter up to date. */
function followed(meter: ProgressMeter, output: RunOutput): RunOutput {
  return {
    close: output.close,
    progress(index, progress) {
      meter.update(index, progress);
      output.progress?.(index, progress);
    },
    reported(index, report) {
      meter.done(index, report.state !== 'stored');
      output.reported?.(index, report);
    },
  };
}

function jsonOutput(tasks: readonly TrialTask[]): RunOutput {
  return {
    close: () => {},
    progress: (index, progress: TrainProgress) =>
      print(JSON.stringify({ event: 'progress', id: tasks[index]?.id, ...progress })),
    reported: (_, report) => print(JSON.stringify({ event: 'trial', ...flatReport(report) })),
  };
}

function flatReport(report: TrialReport): object {
  if (!('summary' in report)) return report;
  const { summary, ...rest } = report;
  return { ...rest, ...summary };
}

/** How often a run that is not on a terminal says how far it is. */
const lineEveryMs = 20_000;

function lineOutput(meter: ProgressMeter, labels: readonly string[]): RunOutput {
  const timer = setInterval(() => print(`  ${progressText(meter.read())}`), lineEveryMs);
  return {
    close: () => clearInterval(timer),
    reported: (index, report) => print(reportLine(labels[index] ?? '', report)),
  };
}

async function barOutput(meter: ProgressMeter, labels: readonly string[]): Promise<RunOutput> {
  const { MultiBar } = await import('cli-progress');
  const bars = new MultiBar({
    format: '[{bar}] {text}',
    barsize: 24,
    fps: 5,
    stream: process.stdout,
    clearOnComplete: true,
  });
  const bar = bars.create(1, 0, { text: '' });
  const redraw = (): void => {
    const progress = meter.read();
    bar.update(progress.fraction, { text: progressText(progress) });
  };
  const timer = setInterval(redraw, 200);
  return {
    close: () => {
      clearInterval(timer);
      bars.stop();
    },
    reported: (index, report) => {
      redraw();
      bars.log(`${reportLine(labels[index] ?? '', report)}\n`);
      // Lines wait for the next drawing, which the last ones would never see.
      bars.update();
    },
  };
}

function progressText({ fraction, trialsDone, trials, stepsPerSecond, msLeft }: RunProgress): string {
  const left = msLeft === undefined ? 'time left not known yet' : `${duration(msLeft)} left`;
  return `${Math.floor(fraction * 100)} %, ${trialsDone} of ${counted(trials, 'trial')}, ${Math.round(stepsPerSecond)} steps/s, ${left}`;
}

/** What became of one trial, on one line. */
export function reportLine(label: string, report: TrialReport): string {
  switch (report.state) {
    case 'failed':
      return `${label}  FAILED: ${report.reason}`;
    case 'interrupted':
      return `${label}  interrupted`;
    default: {
      const { status, epochs, finalLoss, hash, divergedAt } = report.summary;
      const where = divergedAt ? ` (${divergedAt.what} at step ${divergedAt.step})` : '';
      const loss = finalLoss === null ? 'loss not finite' : `loss ${finalLoss.toPrecision(4)}`;
      const time = report.state === 'stored' ? 'stored before' : duration(report.durationMs);
      return `${label}  ${status}${where}  ${counted(epochs, 'epoch')}  ${loss}  ${time}  hash ${hash.slice(0, 12)}`;
    }
  }
}
