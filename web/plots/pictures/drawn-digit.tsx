import { useEffect, useRef } from 'preact/hooks';
import { shortNumber } from '../ticks.js';
import { digitSide, ink, paintDigit, stroke } from './paint-digit.js';
import { indexOfMost } from './shares.js';

/** What a network takes the drawing for. */
interface Answer {
  /** The run's name where there are two. */
  readonly label: string;
  /** Shares of the ten digits. */
  readonly chances: readonly number[];
}

interface Props {
  readonly answers: readonly Answer[];
  /** What is on the pad at first. */
  readonly drawn: Uint8Array | undefined;
  readonly onDrawn: (pixels: Uint8Array) => void;
}

/** A pad to draw a digit on, and what the networks take it for. */
export function DrawnDigit({ answers, drawn, onDrawn }: Props) {
  const pad = usePad(drawn, onDrawn);
  return (
    <div class="drawn">
      <div
        class="pad"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys as well
        tabIndex={0}
        aria-label="Draw a digit: pointer, or arrow keys (with Shift they move without ink)"
        {...pad.listeners}
      >
        <canvas ref={pad.canvas} width={digitSide} height={digitSide} />
      </div>
      <div>
        {answers.length === 0 && <p>Draw a digit here.</p>}
        {answers.map((answer) => (
          <Chances key={answer.label} {...answer} />
        ))}
        <button type="button" data-unsaved onClick={pad.clear}>
          Clear
        </button>
      </div>
    </div>
  );
}

function Chances({ label, chances }: Answer) {
  return (
    <>
      <p>
        {label ? `${label} takes it for a` : 'Your drawing: a'} <strong>{indexOfMost(chances)}</strong>
      </p>
      <ol class="chances" aria-label={`Shares of the ten digits ${label}`}>
        {chances.map((share, digit) => (
          <li key={`${digit}`}>
            <span>{digit}</span>
            <meter min={0} max={1} value={share} aria-label={`${digit}`}>
              {shortNumber(share)}
            </meter>
          </li>
        ))}
      </ol>
    </>
  );
}

type Point = readonly [number, number];

const moves: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const within = (value: number): number => Math.min(digitSide - 2, Math.max(2, value));

/** The pad's ink, and how pointer and keys put it there. */
function usePad(drawn: Props['drawn'], onDrawn: Props['onDrawn']) {
  const pixels = useRef(drawn?.slice() ?? new Uint8Array(digitSide * digitSide));
  const canvas = useRef<HTMLCanvasElement>(null);
  const at = useRef<Point>([digitSide / 2, digitSide / 2]);
  useEffect(() => paintDigit(canvas.current!, pixels.current), []);
  const show = (): void => {
    paintDigit(canvas.current!, pixels.current);
    onDrawn(pixels.current.slice());
  };
  const place = (event: PointerEvent): Point => {
    const box = canvas.current!.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * digitSide, ((event.clientY - box.top) / box.height) * digitSide];
  };
  const dab = (to: Point): void => {
    at.current = to;
    ink(pixels.current, ...to);
    show();
  };
  const drawTo = (to: Point): void => {
    stroke(pixels.current, at.current, to);
    at.current = to;
  };
  const listeners = {
    onKeyDown(event: KeyboardEvent) {
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      const to: Point = [within(at.current[0] + move[0]), within(at.current[1] + move[1])];
      if (event.shiftKey) at.current = to;
      else dab(to);
    },
    onPointerDown(event: PointerEvent) {
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      dab(place(event));
    },
    onPointerMove(event: PointerEvent) {
      if (event.buttons !== 1) return;
      for (const one of event.getCoalescedEvents?.() ?? [event]) drawTo(place(one));
      show();
    },
  };
  const clear = (): void => {
    pixels.current.fill(0);
    show();
  };
  return { canvas, listeners, clear };
}
