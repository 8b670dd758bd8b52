import type { MeasureName } from '../../tasks/measurement-spec.js';

/** Measures that have more to show than numbers. */
const figured = ['hessian', 'spectrum', 'surface', 'interpolation', 'trajectory'] as const satisfies MeasureName[];

/** A measurement that has a figure of its own. */
export type FiguredMeasure = (typeof figured)[number];

/** Whether `measurementFigure` can draw it. In a file of its own: who only asks needs no drawing code. */
export const isFigured = (name: MeasureName): name is FiguredMeasure => figured.some((one) => one === name);
