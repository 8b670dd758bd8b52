import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { wholeNumber } from '../plots/ticks.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';
import type { RunEvent } from '../worker/protocol.js';

/** All runs over their steps: where they stand, what happened, where they parted; and the scrubber. */
export function Timeline({ lab }: { lab: Lab }) {
  const view = lab.active.value;
  const most = useComputed(() => Math.max(1, ...lab.runs.value.map((one) => one.place.value.head)));
  if (!view) return null;
  return (
    <section class="timeline" aria-label="Timeline">
      <Scrubber lab={lab} view={view} />
      <ol class="branches">
        {lab.runs.value.map((one) => (
          <Track key={one.key} lab={lab} view={one} most={most} />
        ))}
      </ol>
      <Happenings lab={lab} view={view} />
    </section>
  );
}

/** Moves a run to any step. */
function Scrubber({ lab, view }: { lab: Lab; view: RunView }) {
  const { step, epoch, head, replaying } = view.place.value;
  const replay = replaying > 0 ? `, replaying ${replaying} steps` : '';
  return (
    <div class="scrub">
      <input
        type="range"
        aria-label="Step"
        aria-valuetext={`step ${wholeNumber(step)}, epoch ${wholeNumber(epoch)}${replay}`}
        min={0}
        max={Math.max(1, head)}
        value={step}
        disabled={head === 0}
        onInput={(event) => lab.seek(event.currentTarget.valueAsNumber)}
      />
      <output>
        step {wholeNumber(step)} · epoch {wholeNumber(epoch)}
        {replaying > 0 && <em> replaying {wholeNumber(replaying)} steps</em>}
      </output>
    </div>
  );
}

/** The furthest step of all runs. */
type Most = ReadonlySignal<number>;

/** One run as a line from where it began to its furthest step. */
function Track({ lab, view, most }: { lab: Lab; view: RunView; most: Most }) {
  const isActive = lab.active.value === view;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Scrolls the list alone: `scrollIntoView` would move the page as well.
    const list = row.current?.parentElement;
    if (isActive && list) list.scrollTop = row.current!.offsetTop - list.offsetTop - list.clientHeight / 2;
  }, [isActive]);
  return (
    <li class={isActive ? 'track active' : 'track'} ref={row}>
      <button
        type="button"
        class="name"
        aria-pressed={isActive}
        onClick={() => lab.show(view)}
        title={titleOf(lab, view)}
      >
        {view.label}
      </button>
      <TrackLine view={view} rise={rowsToParent(lab, view)} most={most} isActive={isActive} />
      <span class="verbs">{!isActive && <Verbs lab={lab} view={view} />}</span>
    </li>
  );
}

/** How many rows above it the run lies that it left; undefined where it left none. */
function rowsToParent({ runs }: Lab, { key, parent }: RunView): number | undefined {
  const keys = runs.value.map((one) => one.key);
  const from = parent ? keys.indexOf(parent.key) : -1;
  return from < 0 ? undefined : keys.indexOf(key) - from;
}

const rowHeight = 28;

interface TrackLineProps {
  readonly view: RunView;
  readonly rise: number | undefined;
  readonly most: Most;
  readonly isActive: boolean;
}

function TrackLine({ view, rise, most, isActive }: TrackLineProps) {
  const { head, step } = view.place.value;
  const from = view.parent?.atStep ?? 0;
  const at = (where: number): string => `${(100 * where) / most.value}%`;
  return (
    <svg class="line" height="22" aria-hidden="true">
      <line x1={at(from)} x2={at(Math.max(from, head))} y1="11" y2="11" class="past" />
      {rise !== undefined && <line x1={at(from)} x2={at(from)} y1={11 - rise * rowHeight} y2="11" class="fork" />}
      {isActive && <Keyframes view={view} most={most} />}
      <Dots view={view} from={from} most={most} />
      <line x1={at(step)} x2={at(step)} y1="2" y2="20" class="here" />
    </svg>
  );
}

/** Ticks in one path, whose scale alone changes with every step. */
function Keyframes({ view, most }: { view: RunView; most: Most }) {
  const keys = view.keyframes.value;
  const ticks = useMemo(() => evenly(keys, mostTicks).map((key) => `M${key} 0V1`), [keys]);
  return (
    <svg aria-hidden="true" y="15" height="4" viewBox={`0 0 ${most.value} 1`} preserveAspectRatio="none">
      <path d={ticks.join('')} class="keyframe" />
    </svg>
  );
}

interface DotsProps {
  readonly view: RunView;
  readonly from: number;
  readonly most: Most;
}

/** A dot for each that happened, in one path for each kind: a run may have thousands of spikes. */
function Dots({ view, from, most }: DotsProps) {
  const events = view.events.value;
  const kinds = useMemo(() => byKind(events), [events]);
  return (
    <svg aria-hidden="true" y="10" height="2" viewBox={`0 0 ${most.value} 2`} preserveAspectRatio="none">
      {kinds.map(([kind, ones]) => (
        <path key={kind} d={dotsOf(ones, from, most.value / mostDots)} class={`event ${kind}`}>
          <title>{dotWords(ones)}</title>
        </path>
      ))}
    </svg>
  );
}

const byKind = (events: readonly RunEvent[]) =>
  [...new Set(events.map(({ kind }) => kind))].map(
    (kind) => [kind, events.filter((event) => event.kind === kind)] as const,
  );

/** One dot where many would lie on each other. */
function dotsOf(events: readonly RunEvent[], from: number, apart: number): string {
  let dots = '';
  let last = Number.NEGATIVE_INFINITY;
  for (const { step } of events) {
    if (step < from || Math.abs(step - last) < apart) continue;
    dots += `M${step} 1h0`;
    last = step;
  }
  return dots;
}

function dotWords(events: readonly RunEvent[]): string {
  const [first, ...others] = events;
  const more = others.length > 0 ? `, the first of ${wholeNumber(events.length)}` : '';
  return `step ${wholeNumber(first!.step)}: ${first!.text}${more}`;
}

function Verbs({ lab, view }: { lab: Lab; view: RunView }) {
  const isCompared = lab.compared.value === view;
  const isParent = lab.runs.value.some(({ parent }) => parent?.key === view.key);
  return (
    <>
      <button
        type="button"
        aria-label={`Compare with ${view.label}`}
        aria-pressed={isCompared}
        onClick={() => lab.compare(isCompared ? undefined : view)}
      >
        compare
      </button>
      {!isParent && (
        <button type="button" aria-label={`Remove ${view.label}`} onClick={() => lab.remove(view)}>
          ×
        </button>
      )}
    </>
  );
}

function titleOf(lab: Lab, { parent, label, spec }: RunView): string {
  if (!parent) return `Run ${label}, seed ${spec.seed}`;
  const from = lab.runs.value.find(({ key }) => key === parent.key)?.label ?? 'a run that is gone';
  return `${label} leaves ${from} after step ${parent.atStep}`;
}

/** What happened, as buttons that lead there. */
function Happenings({ lab, view }: { lab: Lab; view: RunView }) {
  const events = view.events.value.toSorted((a, b) => a.step - b.step);
  if (events.length === 0) return null;
  const shown = events.length > mostShown ? [...events.slice(0, mostShown - 1), events.at(-1)!] : events;
  return (
    <ul class="happenings" aria-label={`What happened in ${view.label}`}>
      {shown.map((event) => (
        <li key={`${event.kind} ${event.step} ${event.text}`}>
          <button type="button" class={`event ${event.kind}`} onClick={() => lab.seek(event.step)}>
            <span class="dot" aria-hidden="true" /> step {wholeNumber(event.step)}: {event.text}
          </button>
        </li>
      ))}
      {events.length > shown.length && <li>and {events.length - shown.length} more</li>}
    </ul>
  );
}

const mostShown = 8;
const mostTicks = 120;
const mostDots = 500;

/** Some of many, at even places. */
const evenly = <T,>(all: readonly T[], most: number): readonly T[] =>
  all.filter((_, i) => i % Math.ceil(all.length / most) === 0);
