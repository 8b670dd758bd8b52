import { createLab, type Lab } from '../state/lab.js';
import { followAddress, openAddress } from './link-sync.js';
import { Play } from './play.js';

/** The lab of Play, kept while other pages are shown; in the console `descent.lab`. */
const lab = createLab();
Object.assign(globalThis, { descent: { lab } });
void openAddress(lab);

declare global {
  /** For the console: what Play shows, to be moved by hand. */
  var descent: { readonly lab: Lab };
}

// A link that was pasted or clicked; the lab's own are written without this event.
addEventListener('hashchange', () => void followAddress(lab));

/** Play over its lab. */
export const PlayPage = () => <Play lab={lab} />;
