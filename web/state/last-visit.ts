import { keep, readKept } from './kept.js';
import type { Lab } from './lab.js';

const name = 'descent.play';

/** What was last done, offered when the lab is opened again. */
export interface Remembered {
  readonly link: string;
  readonly words: string;
}

/** Remembers where a lab stands, once anything is trained. */
export function remember(link: string, lab: Lab): void {
  const view = lab.active.value;
  const step = view?.place.value.step ?? 0;
  if (!view || step === 0) return;
  const remembered: Remembered = { link, words: `run ${view.label}, step ${step.toLocaleString('en-US')}` };
  keep(name, JSON.stringify(remembered));
}

/** What was done at the last visit, if anything was trained. */
export function lastVisit(): Remembered | undefined {
  try {
    const found = JSON.parse(readKept(name) ?? 'null') as Remembered | null;
    return typeof found?.link === 'string' && typeof found.words === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
