import type { Line } from './draw-line.js';

/** A level across a chart. */
export interface Level {
  readonly value: number;
  readonly label: string;
}

/** What a chart shows. Every function is called again when `revision` changes. */
export interface ChartProps {
  readonly title: string;
  readonly unit: string;
  readonly lines: () => readonly Line[];
  /** Read to know when to draw again. */
  readonly revision: () => unknown;
  /** Where the network stands. */
  readonly step: () => number;
  /** Levels across the chart. */
  readonly levels?: () => readonly Level[];
  /** What is said while there is no line. */
  readonly empty?: string;
  /** Called with a step that was clicked. */
  readonly onPick?: (step: number) => void;
}
