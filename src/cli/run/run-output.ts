import { counted } from '../../base/counted.js';
import { type ProgressMeter, progressMeter, type RunProgress } from '../../lab/progress.js';
import type { RunEvent, RunListener } from '../../lab/run-tasks.js';
import type { Task } from '../../lab/task.js';
import { taskKind } from '../../tasks/task.js';
import type { TaskReport, TaskSummary } from '../../tasks/task-event.js';
import { duration, print } from '../text.js';

/** Shows a run as it goes. */
export interface RunOutput {
  readonly listen: RunListener;
  /** Call it after the last event. */
  close(): void;
}

/** The same for people, who may be shown more than what happens to tasks. */
export interface PeopleOutput extends RunOutput {
  /** Shows lines above the bar, and as they are when there is none any more. */
  say(...lines: readonly string[]): void;
}

/** What people see of an event of a task; undefined if it is only counted. */
export type EventLine = (index: number, event: RunEvent) => string | undefined;

/** A bar on a terminal, plain lines elsewhere, JSON Lines where asked for. `labels` names each task for people. */
export async function runOutput(tasks: readonly Task[], labels: readonly string[], json: boolean): Promise<RunOutput> {
  return json ? jsonOutput(tasks) : peopleOutput(tasks, (index, event) => eventLine(labels[index] ?? '', event));
}

/** A bar on a terminal, plain lines elsewhere. */
export async function peopleOutput(tasks: readonly Task[], lineOf: EventLine): Promise<PeopleOutput> {
  const meter = progressMeter(tasks, () => performance.now());
  const { say, close } = process.stdout.isTTY ? await barOutput(meter) : lineOutput(meter);
  return {
    close,
    say,
    listen(index, event) {
      meter.listen(index, event);
      const line = lineOf(index, event);
      if (line !== undefined) say(line);
    },
  };
}

function jsonOutput(tasks: readonly Task[]): RunOutput {
  return {
    close: () => {},
    listen(index, event) {
      const line = jsonEvent(tasks[index]!, event);
      if (line !== undefined) print(JSON.stringify(line));
    },
  };
}

function jsonEvent({ id, spec }: Task, event: RunEvent): object | undefined {
  switch (event.kind) {
    case 'progress':
      return { event: 'progress', id, ...event.progress };
    case 'retried':
      return { event: 'retry', id, reason: event.reason };
    case 'reported':
      return { event: taskKind(spec), ...flatReport(event.report) };
    default:
      return undefined;
  }
}

function flatReport(report: TaskReport): object {
  if (!('summary' in report)) return report;
  const { summary, ...rest } = report;
  return { ...rest, ...summary };
}

/** How often a run that is not on a terminal says how far it is. */
const lineEveryMs = 20_000;

function lineOutput(meter: ProgressMeter): Pick<PeopleOutput, 'say' | 'close'> {
  const timer = setInterval(() => print(`  ${progressText(meter.read())}`), lineEveryMs);
  return { say: print, close: () => clearInterval(timer) };
}

async function barOutput(meter: ProgressMeter): Promise<Pick<PeopleOutput, 'say' | 'close'>> {
  const { MultiBar } = await import('cli-progress');
  const bars = new MultiBar({
    format: '[{bar}] {text}',
    // With its text a line of 80 columns at most.
    barsize: 14,
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
  let isOpen = true;
  return {
    close: () => {
      isOpen = false;
      clearInterval(timer);
      bars.stop();
    },
    say(...lines) {
      // Bars that are stopped would start again, for ever.
      if (!isOpen) return print(...lines);
      redraw();
      bars.log(lines.map((line) => `${line}\n`).join(''));
      // Lines wait for the next drawing, which the last ones would never see.
      bars.update();
    },
  };
}

/** The lines of what did not go well, for who asks for no others. */
export function troubleLine(label: string, event: RunEvent): string | undefined {
  const isTrouble = event.kind === 'retried' || (event.kind === 'reported' && event.report.state === 'failed');
  return isTrouble ? eventLine(label, event) : undefined;
}

function eventLine(label: string, event: RunEvent): string | undefined {
  if (event.kind === 'reported') return reportLine(label, event.report);
  return event.kind === 'retried' ? `${label}  started once more: ${event.reason}` : undefined;
}

function progressText({ fraction, tasksDone, tasks, stepsPerSecond, msLeft }: RunProgress): string {
  const left = msLeft === undefined ? 'time left not known yet' : `${duration(msLeft)} left`;
  const done = `${Math.floor(fraction * 100)} %, ${tasksDone} of ${counted(tasks, 'task')}`;
  // Measurements take no steps.
  const speed = stepsPerSecond < 0.5 ? [] : [`${Math.round(stepsPerSecond)} training steps/s`];
  return [done, ...speed, left].join(', ');
}

/** What became of one task, on one line. */
export function reportLine(label: string, report: TaskReport): string {
  switch (report.state) {
    case 'failed':
      return `${label}  FAILED: ${report.reason}`;
    case 'interrupted':
      return `${label}  interrupted`;
    default: {
      const time = report.state === 'stored' ? 'stored before' : duration(report.durationMs);
      const from = report.fromStep === undefined ? '' : ` (resumed at step ${report.fromStep})`;
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
  const texts = shown.map(([name, value]) => `${name} ${value === null ? 'none' : Number(value.toPrecision(4))}`);
  return ['measured', ...texts].join('  ');
}
