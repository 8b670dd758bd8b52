import { useSignal } from '@preact/signals';
import { keepsNothing } from '../state/kept.js';
import type { Lab } from '../state/lab.js';
import { lastVisits, type Remembered } from '../state/last-visit.js';

/** What was done when Play was last left, before anything here is remembered over it; in each tab one. */
const before: readonly Remembered[] = /^#\/play\/?$/.test(location.hash)
  ? lastVisits().filter(({ link }) => link !== '')
  : [];

/** Offers to go on where the last visits ended, to whom comes without a link, until something is trained here. */
export function GoOn({ lab }: { lab: Lab }) {
  const isClosed = useSignal(false);
  const trained = lab.runs.value.some(({ place }) => place.value.head > 0);
  if (before.length === 0 || isClosed.value || trained) return null;
  return (
    <div class="notice row go-on">
      <span>Last time you came to</span>
      {before.map(({ link, words }) => (
        <a key={link} class="button" href={`#/play/${link}`} aria-label={`Go on there: ${words}`}>
          {words}
        </a>
      ))}
      <Close text="Not now" closed={isClosed} />
    </div>
  );
}

/** Says once that nothing outlives this visit but the address. */
export function Forgetful() {
  const isClosed = useSignal(false);
  if (!keepsNothing.value || isClosed.value) return null;
  return (
    <div class="notice row go-on" role="status">
      <span>
        This browser keeps nothing for this page, or has no room. All works; to come back here keep the address, which
        has the whole state.
      </span>
      <Close text="Close" closed={isClosed} />
    </div>
  );
}

const Close = ({ text, closed }: { readonly text: string; readonly closed: { value: boolean } }) => (
  <button
    type="button"
    onClick={() => {
      closed.value = true;
    }}
  >
    {text}
  </button>
);
