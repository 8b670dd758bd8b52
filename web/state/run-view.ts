import { type Signal, signal } from '@preact/signals';
import type { MetricRow } from '../../src/engine/index.js';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { createSeries, type Series } from '../plots/series.js';
import type {
  PackedRows,
  PanelData,
  Picture,
  RunEvent,
  RunFacts,
  RunKey,
  RunOutcome,
  RunUpdate,
} from '../worker/protocol.js';
import { editsOf, editWords } from './edits.js';

/** Where a run stands. */
export interface Place {
  readonly step: number;
  readonly epoch: number;
  readonly head: number;
  readonly playing: boolean;
  readonly replaying: number;
}

/** A run as the page knows it. */
export interface RunView {
  readonly key: RunKey;
  /** A, B, C, ... */
  readonly label: string;
  readonly spec: TrialSpec;
  /** Where it left another run. */
  readonly parent: { readonly key: RunKey; readonly atStep: number } | undefined;
  readonly facts: Signal<RunFacts | undefined>;
  readonly problem: Signal<string | undefined>;
  readonly place: Signal<Place>;
  /** Counts the changes of the lines. */
  readonly revision: Signal<number>;
  /** Metrics over steps, by name. */
  readonly lines: Map<string, Series>;
  /** Points of panels over steps, by line. */
  readonly points: Map<string, Series>;
  readonly pending: Signal<MetricRow | undefined>;
  readonly keyframes: Signal<readonly number[]>;
  readonly events: Signal<readonly RunEvent[]>;
  readonly picture: Signal<Picture | undefined>;
  readonly panels: Signal<PanelData>;
  readonly outcome: Signal<RunOutcome | undefined>;
}

/** A branch begins where it leaves its parent. */
const startOf = (step: number): Place => ({ step, epoch: 1, head: step, playing: false, replaying: 0 });

/** A run of which nothing is known yet. */
export const newRunView = (of: Pick<RunView, 'key' | 'label' | 'spec' | 'parent'>): RunView => ({
  ...of,
  facts: signal(undefined),
  problem: signal(undefined),
  place: signal(startOf(of.parent?.atStep ?? 0)),
  revision: signal(0),
  lines: new Map(),
  points: new Map(),
  pending: signal(undefined),
  keyframes: signal([0]),
  events: signal([]),
  picture: signal(undefined),
  panels: signal({}),
  outcome: signal(undefined),
});

/** A branch of a run, with what was measured of their past; its rows come from the worker. */
export function newBranchView(of: Pick<RunView, 'key' | 'label' | 'spec'>, from: RunView, atStep: number): RunView {
  const view = newRunView({ ...of, parent: { key: from.key, atStep } });
  for (const [name, line] of from.points) {
    const past = createSeries();
    for (let i = 0; i < line.count && line.x[i]! <= atStep; i++) past.push(line.x[i]!, line.y[i]!);
    view.points.set(name, past);
  }
  return view;
}

/** Takes in what is known of a run before its first step, and what its spec plans. */
export function takeFacts(view: RunView, facts: RunFacts): void {
  const planned = editsOf(view.spec).map((edit): RunEvent => {
    return { step: edit.atStep, kind: 'edit', text: editWords(edit, facts.tensors) };
  });
  view.events.value = [...view.events.value, ...planned];
  view.facts.value = facts;
}

/** Takes in what is new of a run. */
export function takeUpdate(view: RunView, update: RunUpdate): void {
  const { step, epoch, head, playing, replaying, rows, keyframes, events, picture, panels, outcome } = update;
  if (rows) addRows(view.lines, rows);
  if (panels?.points) addPoints(view.points, panels.points);
  if (rows || panels?.points) view.revision.value++;
  if (keyframes) view.keyframes.value = keyframes;
  if (events) view.events.value = [...view.events.value, ...events];
  if (picture) view.picture.value = picture;
  if (panels) view.panels.value = panels;
  if (outcome) view.outcome.value = outcome;
  view.pending.value = update.pending;
  view.place.value = { step, epoch, head, playing, replaying };
}

function lineOf(lines: Map<string, Series>, name: string): Series {
  const line = lines.get(name) ?? createSeries();
  lines.set(name, line);
  return line;
}

function addRows(lines: Map<string, Series>, { count, names, steps, mask, columns }: PackedRows): void {
  names.forEach((name, place) => {
    const [bit, column, line] = [1 << place, columns[place]!, lineOf(lines, name)];
    for (let i = 0; i < count; i++) if (mask[i]! & bit) line.push(steps[i]!, column[i]!);
  });
}

/** Points may come late, of steps that were passed while a panel was closed: then the line is made again. */
function addPoints(lines: Map<string, Series>, points: NonNullable<PanelData['points']>): void {
  for (const { line: name, step, value } of points) {
    const line = lineOf(lines, name);
    const last = line.count > 0 ? line.x[line.count - 1]! : Number.NEGATIVE_INFINITY;
    if (step > last) line.push(step, value);
    else if (step < last) lines.set(name, withPoint(line, step, value));
  }
}

function withPoint(line: Series, step: number, value: number): Series {
  const all = Array.from({ length: line.count }, (_, i) => [line.x[i]!, line.y[i]!] as const);
  if (all.some(([x]) => x === step)) return line;
  const made = createSeries();
  for (const [x, y] of [...all, [step, value] as const].sort(([a], [b]) => a - b)) made.push(x, y);
  return made;
}
