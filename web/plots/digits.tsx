import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RunView } from '../state/run-view.js';
import { shortNumber } from './ticks.js';

const side = 28;
export const digitsShown = 24;

/** Test images with what the network takes them for, and one that is drawn by hand. */
export function Digits({ view, onDrawn }: { view: RunView; onDrawn: (pixels: Uint8Array) => void }) {
  const digits = view.facts.value?.samples.digits;
  const picture = view.picture.value;
  if (!digits) return null;
  const count = Math.min(digitsShown, digits.labels.length);
  const outputs = picture?.kind === 'digits' ? picture : undefined;
  const guess = (i: number): readonly number[] | undefined => outputs && shares(outputs.outputs, outputs.width, i);
  return (
    <figure class="picture">
      <figcaption>Test images, and what the network takes them for</figcaption>
      <ul class="digits">
        {Array.from({ length: count }, (_, i) => {
          const chances = guess(i);
          const best = chances && indexOfMost(chances);
          const right = best === digits.labels[i];
          return (
            <li key={`${i}`} class={best === undefined ? '' : right ? 'right' : 'wrong'}>
              <Pixels
                pixels={digits.pixels.subarray(i * side * side, (i + 1) * side * side)}
                label={`a ${digits.labels[i]}`}
              />
              <span>
                {best ?? '…'} {best !== undefined && (right ? '✓' : '✗')}
              </span>
            </li>
          );
        })}
      </ul>
      <DrawnDigit
        chances={outputs && outputs.outputs.length / outputs.width > count ? guess(count) : undefined}
        onDrawn={onDrawn}
      />
    </figure>
  );
}

/** Outputs of one sample as shares that add up to 1. */
export function shares(outputs: Float32Array, width: number, i: number): readonly number[] {
  const row = Array.from(outputs.subarray(i * width, (i + 1) * width));
  const most = Math.max(...row);
  const weights = row.map((value) => Math.exp(value - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const indexOfMost = (values: readonly number[]): number => values.indexOf(Math.max(...values));

function Pixels({ pixels, label }: { pixels: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => paint(canvas.current!, pixels), [pixels.byteOffset, pixels.buffer]);
  return <canvas ref={canvas} width={side} height={side} role="img" aria-label={label} />;
}

function paint(canvas: HTMLCanvasElement, pixels: Uint8Array): void {
  const image = new ImageData(side, side);
  pixels.forEach((value, i) => {
    image.data.set([255 - value, 255 - value, 255 - value, 255], 4 * i);
  });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

/** A pad to draw on. Ours alone puts ink on the grid, so that a drawing is the same pixels on every machine. */
function DrawnDigit({
  chances,
  onDrawn,
}: {
  chances: readonly number[] | undefined;
  onDrawn: (pixels: Uint8Array) => void;
}) {
  const pixels = useRef(new Uint8Array(side * side));
  const canvas = useRef<HTMLCanvasElement>(null);
  const at = useSignal<readonly [number, number]>([14, 14]);
  const show = (): void => {
    paint(canvas.current!, pixels.current);
    onDrawn(pixels.current.slice());
  };
  const dab = (x: number, y: number): void => {
    ink(pixels.current, x, y);
    show();
  };
  const place = (event: PointerEvent): readonly [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * side, ((event.clientY - box.top) / box.height) * side];
  };
  useEffect(() => paint(canvas.current!, pixels.current), []);
  const keys = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const next = [at.value[0] + move[0], at.value[1] + move[1]].map((value) => Math.min(26, Math.max(2, value)));
    at.value = [next[0]!, next[1]!];
    if (!event.shiftKey) dab(...at.value);
  };
  return (
    <div class="drawn">
      <div
        class="pad"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys as well
        tabIndex={0}
        aria-label="Draw a digit: pointer, or arrow keys (with Shift they move without ink)"
        onKeyDown={keys}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dab(...place(event));
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) for (const one of event.getCoalescedEvents?.() ?? [event]) dab(...place(one));
        }}
      >
        <canvas ref={canvas} width={side} height={side} />
      </div>
      <div>
        <p>{chances ? `Your drawing: ${indexOfMost(chances)}` : 'Draw a digit here.'}</p>
        <ol class="chances" aria-label="Shares of the ten digits">
          {chances?.map((share, digit) => (
            <li key={`${digit}`}>
              <span>{digit}</span>
              <meter min={0} max={1} value={share} aria-label={`${digit}`}>
                {shortNumber(share)}
              </meter>
            </li>
          ))}
        </ol>
        <button
          type="button"
          onClick={() => {
            pixels.current.fill(0);
            show();
          }}
        >
          Clear
        </button>
      </div>
    </div>
  );
}

const radius = 1.7;

/** A round dab with a soft edge; distances in eighths of a pixel, all in whole numbers. */
function ink(pixels: Uint8Array, x: number, y: number): void {
  const [cx, cy] = [Math.round(8 * x), Math.round(8 * y)];
  const reach = Math.round(8 * radius);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [dx, dy] = [8 * column + 4 - cx, 8 * row + 4 - cy];
      const left = reach * reach - (dx * dx + dy * dy);
      if (left <= 0) continue;
      const value = Math.min(255, Math.floor((left * 510) / (reach * reach)));
      const at = row * side + column;
      pixels[at] = Math.max(pixels[at]!, value);
    }
  }
}
