import { type ProgressMeter, progressMeter, type RunProgress } from '../../lab/progress.js';
import type { RunListener, TaskReport } from '../../lab/run-tasks.js';
import type { Task, TaskProgress, TaskSummary } from '../../lab/task.js';
import { isMeasurement } from '../../tasks/task.js';
import { counted, duration, print } from '../text.js';

/** Shows a run as it goes. `labels` names each task for people. */
export interface RunOutput extends RunListener {
  /** No more comes. */
  close(): void;
}

/** A bar on a terminal, plain lines elsewhere, JSON Lines where asked for. */
export async function runOutput(tasks: readonly Task[], labels: readonly string[], json: boolean): Promise<RunOutput> {
  const meter = progressMeter(tasks, () => performance.now());
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
    retried: (index, reason) => output.retried?.(index, reason),
  };
}

function jsonOutput(tasks: readonly Task[]): RunOutput {
  return {
    close: () => {},
    progress: (index, progress: TaskProgress) =>
      print(JSON.stringify({ event: 'progress', id: tasks[index]?.id, ...progress })),
    reported: (index, report) => {
      const event = isMeasurement(tasks[index]!.spec) ? 'measurement' : 'trial';
      print(JSON.stringify({ event, ...flatReport(report) }));
    },
    retried: (index, reason) => print(JSON.stringify({ event: 'retry', id: tasks[index]?.id, reason })),
  };
}

function flatReport(report: TaskReport): object {
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
    retried: (index, reason) => print(retryLine(labels[index] ?? '', reason)),
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
    retried: (index, reason) => {
      bars.log(`${retryLine(labels[index] ?? '', reason)}\n`);
    },
  };
}

function progressText({ fraction, tasksDone, tasks, stepsPerSecond, msLeft }: RunProgress): string {
  const left = msLeft === undefined ? 'time left not known yet' : `${duration(msLeft)} left`;
  return `${Math.floor(fraction * 100)} %, ${tasksDone} of ${counted(tasks, 'task')}, ${Math.round(stepsPerSecond)} steps/s, ${left}`;
}

const retryLine = (label: string, reason: string): string => `${label}  started once more: ${reason}`;

/** What became of one task, on one line. */
export function reportLine(label: string, report: TaskReport): string {
  switch (report.state) {
    case 'failed':
      return `${label}  FAILED: ${report.reason}`;
    case 'interrupted':
      return `${label}  interrupted`;
    default: {
      const time = report.state === 'stored' ? 'stored before' : duration(report.durationMs);
      const from = report.fromStep === undefined ? '' : ` (gone on from step ${report.fromStep})`;
      return `${label}  ${summaryText(report.summary)}${from}  ${time}  hash ${report.summary.hash.slice(0, 12)}`;
    }
  }
}

/** Of a measurement, so many values. */
const valuesShown = 3;

function summaryText(summary: TaskSummary): string {
  if ('values' in summary) return valuesText(summary.values);
  const { status, epochs, finalLoss, divergedAt } = summary;
  const where = divergedAt ? ` (${divergedAt.what} at step ${divergedAt.step})` : '';
  const loss = finalLoss === null ? 'loss not finite' : `loss ${finalLoss.toPrecision(4)}`;
  return `${status}${where}  ${counted(epochs, 'epoch')}  ${loss}`;
}

function valuesText(values: Readonly<Record<string, number | null>>): string {
  const shown = Object.entries(values).slice(0, valuesShown);
  if (shown.length === 0) return 'measured';
  return `measured  ${shown.map(([name, value]) => `${name} ${value === null ? 'none' : Number(value.toPrecision(4))}`).join('  ')}`;
}
