import type { ReportRun } from './run.js';

/** Colours that stay apart for colour-blind eyes and in grey print (Okabe and Ito 2008, without the yellow that is lost on white). */
const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'] as const;

/** Colour of the truth, behind the arms. */
export const truthColour = '#b4bac2';

/** Colour of an arm by its place in the preset: the same in every figure, table and card. */
export function armColour(run: ReportRun, armId: string): string {
  const index = run.preset.arms.findIndex(({ id }) => id === armId);
  return palette[index % palette.length] ?? palette[0];
}
