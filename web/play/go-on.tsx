import { useSignal } from '@preact/signals';
import type { Lab } from '../state/lab.js';
import { lastVisit, type Remembered } from '../state/last-visit.js';

/** What was done when Play was last left, before anything here is remembered over it. */
const before: Remembered | undefined = /^#\/play\/?$/.test(location.hash) ? lastVisit() : undefined;

/** Offers to go on where the last visit ended, to whom comes without a link, until something is trained here. */
export function GoOn({ lab }: { lab: Lab }) {
  const isClosed = useSignal(false);
  const trained = lab.runs.value.some(({ place }) => place.value.head > 0);
  if (!before?.link || isClosed.value || trained) return null;
  return (
    <div class="notice row go-on">
      <span>Last time you came to {before.words}.</span>
      <a class="button" href={`#/play/${before.link}`}>
        Go on there
      </a>
      <button
        type="button"
        onClick={() => {
          isClosed.value = true;
        }}
      >
        No
      </button>
    </div>
  );
}
