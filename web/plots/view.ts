import { type Signal, signal } from '@preact/signals';

/** The stretch of steps that all charts show; undefined: all steps. */
export const zoom = signal<readonly [number, number] | undefined>(undefined);
/** The step under the pointer or the keyboard's cursor, in all charts. */
export const cursorStep = signal<number | undefined>(undefined);
/** Whether the steps lie on a logarithmic axis. */
export const logX = signal(false);
/** Whether the values do. */
export const logY = signal(true);
/** Weight of the past in the smoothed lines; 0 shows the values themselves. */
export const smoothing = signal(0);
/** Lines that are shown alone, by label; empty: all. */
export const isolated = signal<string | undefined>(undefined);
/** Counts the changes of the colours. */
export const themeRevision = signal(0);

const colors = new Map<string, string>();
let colorsOf = -1;

/** The colour that a custom property of the page stands for; looked up again when the theme changes. */
export function cssColor(name: string): string {
  if (colorsOf !== themeRevision.peek()) colors.clear();
  colorsOf = themeRevision.peek();
  const color = colors.get(name) ?? getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  colors.set(name, color);
  return color;
}

/** Sets a signal, where a statement does not fit. */
export const put = <T>(to: Signal<T>, value: T): void => {
  to.value = value;
};
