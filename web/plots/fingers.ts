import type uPlot from 'uplot';
import { pointedStep, pointerAt } from './pointer.js';
import { type Held, heldStretch, type Pair, stepAt } from './stretch.js';
import { cursorStep, logX, zoom } from './view.js';

/** CSS pixels from which a press that moves is a drag. */
export const leastDrag = 5;

/** A chart under fingers. */
export interface TouchedChart {
  /** Undefined while the chart is hidden. */
  readonly plot: () => uPlot | undefined;
  /** The steps that it shows, and all that there are. */
  readonly shown: () => Pair;
  readonly all: () => Pair;
  /** Shows the stretch that is marked. */
  readonly onMarked: (u: uPlot) => void;
}

/**
 * Fingers on a chart: one that goes across marks the stretch to be shown, or moves a stretch that is shown; two stretch
 * it; a tap says the values there, a second one shows all steps again. Up and down the page scrolls, as its style says.
 * Returns what ends it.
 */
export function listenToFingers(host: HTMLElement, chart: TouchedChart): () => void {
  const hand = handOn(chart);
  const listen = (name: string, act: (u: uPlot, event: PointerEvent) => void): void =>
    host.addEventListener(name, (event) => {
      const u = chart.plot();
      if ((event as PointerEvent).pointerType === 'touch' && u) act(u, event as PointerEvent);
    });
  listen('pointerdown', hand.down);
  listen('pointermove', hand.move);
  listen('pointerup', hand.up);
  listen('pointercancel', hand.cancel);
  // A tap is no mouse's click, which browsers make of it for pages that know no fingers.
  host.addEventListener('touchend', (event) => event.cancelable && event.preventDefault());
  const elsewhere = ({ pointerType, target }: PointerEvent): void => {
    const u = chart.plot();
    if (u && pointerType === 'touch' && cursorStep.peek() !== undefined && !host.contains(target as Node))
      pointNowhere(u);
  };
  addEventListener('pointerdown', elsewhere);
  return () => removeEventListener('pointerdown', elsewhere);
}

/** What the fingers on a chart do, from the first that comes down to the last that goes. */
interface Grip {
  /** Where each is, in CSS pixels from the left of the plot. */
  readonly fingers: Map<number, number>;
  /** What was shown when the last of them came down, and the steps that lay under them. */
  readonly shown: Pair;
  readonly held: readonly Held[];
  /** Where the first came down. */
  readonly from: number;
  /** A tap moved nowhere; where all steps are shown a mark is drawn; after two fingers one does nothing more. */
  readonly does: 'tap' | 'mark' | 'move' | 'nothing';
}

const noGrip = (): Grip => ({ fingers: new Map(), shown: [1, 2], held: [], from: 0, does: 'tap' });

function handOn(chart: TouchedChart) {
  let grip = noGrip();
  let last: Tap | undefined;
  return {
    down(u: uPlot, event: PointerEvent): void {
      grip.fingers.set(event.pointerId, pointerAt(u, event));
      const [shown, places] = [chart.shown(), [...grip.fingers.values()]];
      const held = sharesOf(u, places).map((at) => ({ at, step: stepAt(at, shown, logX.value) }));
      grip = { ...grip, shown, held, from: places[0]!, does: places.length > 1 ? 'move' : 'tap' };
    },
    move(u: uPlot, event: PointerEvent): void {
      if (!grip.fingers.has(event.pointerId)) return;
      const at = pointerAt(u, event);
      grip.fingers.set(event.pointerId, at);
      const starts = grip.does === 'tap' && Math.abs(at - grip.from) >= leastDrag;
      if (starts) grip = { ...grip, does: zoom.peek() ? 'move' : 'mark' };
      if (grip.does === 'mark') mark(u, grip.from, at);
      if (grip.does === 'move') zoom.value = stretched(u, grip, chart.all());
    },
    up(u: uPlot, event: PointerEvent): void {
      if (!grip.fingers.delete(event.pointerId)) return;
      const { does, fingers } = grip;
      grip = fingers.size > 0 ? { ...grip, does: 'nothing' } : noGrip();
      if (does === 'mark') chart.onMarked(u);
      if (does === 'tap') last = tap(u, { at: pointerAt(u, event), time: event.timeStamp }, last);
    },
    /** The page scrolls instead. */
    cancel(u: uPlot): void {
      grip = noGrip();
      mark(u, 0, 0);
    },
  };
}

const sharesOf = (u: uPlot, places: Iterable<number>): readonly number[] =>
  Array.from(places, (at) => at / u.over.clientWidth);

function mark(u: uPlot, from: number, to: number): void {
  const [left, right] = [Math.max(0, Math.min(from, to)), Math.min(u.over.clientWidth, Math.max(from, to))];
  u.setSelect({ left, width: right - left, top: 0, height: u.over.clientHeight }, false);
}

function stretched(u: uPlot, { fingers, shown, held }: Grip, all: Pair): Pair | undefined {
  const now = sharesOf(u, fingers.values()).map((at, i) => ({ at, step: held[i]!.step }));
  return heldStretch(shown, now, { all, log: logX.value });
}

interface Tap {
  /** CSS pixels from the left of the plot; milliseconds. */
  readonly at: number;
  readonly time: number;
}

const tapsMs = 350;
const tapsApart = 30;

/** The second tap at a place shows all steps. Returns what another would follow. */
function tap(u: uPlot, now: Tap, before: Tap | undefined): Tap | undefined {
  const isSecond = before && now.time - before.time < tapsMs && Math.abs(now.at - before.at) < tapsApart;
  if (isSecond) zoom.value = undefined;
  u.setCursor({ left: now.at, top: 1 });
  cursorStep.value = pointedStep(u, now.at);
  return isSecond ? undefined : now;
}

function pointNowhere(u: uPlot): void {
  u.setCursor({ left: -10, top: -10 });
  cursorStep.value = undefined;
}
