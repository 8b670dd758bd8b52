import type { PanelData } from '../worker/protocol.js';
import { shortNumber } from './ticks.js';

const [width, height] = [164, 64];

/** The weights of each layer as small bars. */
export function Histograms({ entries }: { entries: NonNullable<PanelData['histogram']> }) {
  return (
    <ul class="histograms">
      {entries.map(({ name, low, high, counts }) => {
        const most = Math.max(1, ...counts);
        const bar = width / counts.length;
        return (
          <li key={name}>
            <svg
              viewBox={`0 0 ${width} ${height}`}
              role="img"
              aria-label={`${name}: from ${shortNumber(low)} to ${shortNumber(high)}`}
            >
              <path
                d={counts
                  .map((count, i) => {
                    const rise = (-count / most) * height;
                    return `M${(i * bar).toFixed(1)} ${height}v${rise.toFixed(1)}h${(bar - 0.5).toFixed(1)}V${height}`;
                  })
                  .join('')}
              />
            </svg>
            <span>
              {name} · ±{shortNumber(high)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
