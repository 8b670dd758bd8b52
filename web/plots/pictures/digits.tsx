import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RunView } from '../../state/run-view.js';
import type { SampleFacts } from '../../worker/protocol.js';
import { DrawnDigit } from './drawn-digit.js';
import { digitSide, paintDigit } from './paint-digit.js';
import { indexOfMost, shares } from './shares.js';

interface DigitsProps {
  readonly view: RunView;
  readonly beside: RunView | undefined;
  readonly drawn: Uint8Array | undefined;
  readonly onDrawn: (pixels: Uint8Array) => void;
  /** What stands below it. */
  readonly children?: ComponentChildren;
}

/** Test images with what the network takes them for, and one that is drawn by hand. */
export function Digits({ view, beside, drawn, onDrawn, children }: DigitsProps) {
  const digits = view.facts.value?.samples.digits;
  if (!digits) return null;
  const count = digits.labels.length;
  const views = beside?.facts.value?.samples.digits ? [view, beside] : [view];
  const guesses = views.map((one) => ({ label: views.length > 1 ? one.label : '', of: guessesOf(one) }));
  return (
    <figure class="picture">
      <figcaption>
        Test images, and what the network{guesses.length > 1 && 's'} take{guesses.length > 1 || 's'} them for
      </figcaption>
      <ul class="digits">
        {Array.from({ length: count }, (_, i) => (
          <Digit key={`${i}`} digits={digits} place={i} guesses={guesses} />
        ))}
      </ul>
      <DrawnDigit
        answers={guesses.flatMap(({ label, of }) => {
          const chances = of(count);
          return chances ? [{ label, chances }] : [];
        })}
        drawn={drawn}
        onDrawn={onDrawn}
      />
      {children}
    </figure>
  );
}

interface Guesses {
  /** The run's name where there are two. */
  readonly label: string;
  /** Shares of the ten digits for an image by its place; the drawn one comes last. */
  readonly of: (place: number) => readonly number[] | undefined;
}

function guessesOf({ picture }: RunView): Guesses['of'] {
  const { kind, outputs, width } = picture.value ?? { kind: undefined, outputs: new Float32Array(), width: 1 };
  return (place) =>
    kind === 'digits' && (place + 1) * width <= outputs.length ? shares(outputs, width, place) : undefined;
}

interface DigitProps {
  readonly digits: NonNullable<SampleFacts['digits']>;
  readonly place: number;
  readonly guesses: readonly Guesses[];
}

function Digit({ digits: { pixels, labels }, place, guesses }: DigitProps) {
  const size = digitSide * digitSide;
  const found = guesses.map(({ label, of }) => {
    const chances = of(place);
    return { label, best: chances && indexOfMost(chances) };
  });
  const first = found[0]?.best;
  return (
    <li class={first === undefined ? '' : first === labels[place] ? 'right' : 'wrong'}>
      <Pixels pixels={pixels.subarray(place * size, (place + 1) * size)} label={`a ${labels[place]}`} />
      {found.map(({ label, best }) => (
        <span key={label}>
          {label} {best ?? '…'} {best !== undefined && (best === labels[place] ? '✓' : '✗')}
        </span>
      ))}
    </li>
  );
}

function Pixels({ pixels, label }: { pixels: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => paintDigit(canvas.current!, pixels), [pixels.byteOffset, pixels.buffer]);
  return <canvas ref={canvas} width={digitSide} height={digitSide} role="img" aria-label={label} />;
}
