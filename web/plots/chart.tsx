import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { makePlot } from './chart-plot.js';
import type { ChartProps } from './chart-props.js';
import { shownSteps, zoomAround } from './chart-range.js';
import { Legend } from './legend.js';
import { cursorStep, isolated, logX, logY, themeRevision, zoom } from './view.js';

/** A chart of lines over steps: every value counts in its column of pixels. */
export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const id = useId();
  const current = useRef(props);
  current.current = props;
  const drawn = useSignal(0);
  const plot = useRef<{ readonly redraw: () => void }>(undefined);
  useEffect(() => {
    const made = makePlot(
      host.current!,
      () => current.current,
      () => drawn.value++,
    );
    plot.current = made;
    return made.destroy;
  }, [drawn]);
  useSignalEffect(() => {
    void [props.revision(), zoom.value, logX.value, logY.value, isolated.value, themeRevision.value];
    plot.current?.redraw();
  });
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption id={id}>
        {props.title} <span class="unit">{props.unit}</span>
      </figcaption>
      <div
        class="plot"
        ref={host}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the cursor over the steps
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-labelledby={id}
        onKeyDown={(event) => moveCursor(event, props)}
      />
      <Legend {...props} drawn={drawn} />
    </figure>
  );
}

/** Arrow keys move the cursor over the columns, Enter goes there, plus and minus zoom. */
function moveCursor(event: KeyboardEvent, { lines, step, onPick }: ChartProps): void {
  const [from, to] = shownSteps(lines(), step());
  const at = cursorStep.value ?? step();
  const stride = Math.max(1, Math.round((to - from) / 100)) * (event.shiftKey ? 10 : 1);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => setCursor(at - stride),
    ArrowRight: () => setCursor(at + stride),
    Enter: () => onPick?.(Math.round(at)),
    '+': () => zoomAround(at, [from, to], 0.5),
    '-': () => zoomAround(at, [from, to], 2),
    Escape: () => {
      zoom.value = undefined;
      cursorStep.value = undefined;
    },
  };
  const setCursor = (value: number): void => {
    cursorStep.value = Math.min(to, Math.max(from, value));
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}
