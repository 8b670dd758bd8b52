/** How often the line is drawn again. */
const everyMs = 200;

/** One line on a terminal's stderr that says how far a single piece of work is; nothing where there is no terminal. */
export function progressLine() {
  const { stderr } = process;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(share: number): void {
      if (!stderr.isTTY || performance.now() - shownAt < everyMs) return;
      shownAt = performance.now();
      stderr.write(`\r${Math.floor(share * 100)} %`);
    },
    clear(): void {
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
