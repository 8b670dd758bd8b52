import type uPlot from 'uplot';

/** Where a pointer is on a plot, in CSS pixels from its left. */
export const pointerAt = (u: uPlot, { clientX }: MouseEvent): number => clientX - u.over.getBoundingClientRect().left;

/** The step there. */
export const pointedStep = (u: uPlot, at: number): number => Math.max(0, Math.round(u.posToVal(at, 'x')));
