import { duration } from '../text.js';
import type { DrawingCount } from './report-writer.js';

/** How often the line is drawn again on a terminal, and how often one is added elsewhere. */
const redrawEveryMs = 200;
const lineEveryMs = 10_000;

/**
 * Says on stderr how many figures are drawn and how long the others will take: on a terminal in one line, elsewhere now
 * and then.
 */
export function drawingProgress() {
  const { stderr } = process;
  const start = performance.now();
  let saidAt = stderr.isTTY ? Number.NEGATIVE_INFINITY : start;
  let drawnAtStart: number | undefined;
  return {
    /** `isAll`: no more figures will be added. */
    show({ drawn, all }: DrawingCount, isAll = true): void {
      drawnAtStart ??= drawn;
      if (performance.now() - saidAt < (stderr.isTTY ? redrawEveryMs : lineEveryMs)) return;
      saidAt = performance.now();
      const share = (drawn - drawnAtStart) / (all - drawnAtStart);
      const left = share > 0 ? `, about ${duration(((saidAt - start) * (1 - share)) / share)} left` : '';
      const text = isAll ? `${drawn} of ${all} figures drawn${left}` : `${drawn} figures drawn, results are being read`;
      stderr.write(stderr.isTTY ? `\r${text}\u001b[K` : `${text}\n`);
    },
    close(): void {
      if (stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
