import { forget, keep, keptNames, readKept, tabName } from './kept.js';
import type { Lab } from './lab.js';

/** One for each tab, so that none writes over another. */
const names = 'descent.play';
/** Visits that are kept at most. */
const mostKept = 3;

/** What was last done in a tab, offered when the lab is opened again. */
export interface Remembered {
  readonly link: string;
  readonly words: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Remembers where a lab stands, once anything is trained. */
export function remember(link: string, lab: Lab): void {
  const view = lab.active.value;
  const step = view?.place.value.step ?? 0;
  if (!view || step === 0) return;
  const words = `run ${view.label}, step ${step.toLocaleString('en-US')}`;
  keep(`${names}.${tabName()}`, JSON.stringify({ link, words, at: Date.now() } satisfies Remembered));
  for (const [name] of allVisits().slice(mostKept)) forget(name);
}

/** What was done at the last visits in which anything was trained, the newest first. */
export const lastVisits = (): readonly Remembered[] => allVisits().map(([, visit]) => visit);

function allVisits(): readonly (readonly [string, Remembered])[] {
  return keptNames(names)
    .flatMap((name) => {
      const visit = visitOf(readKept(name) ?? 'null');
      return visit ? [[name, visit] as const] : [];
    })
    .sort(([, a], [, b]) => b.at - a.at);
}

function visitOf(text: string): Remembered | undefined {
  try {
    const found = JSON.parse(text) as Remembered | null;
    const isWhole = typeof found?.link === 'string' && typeof found.words === 'string' && typeof found.at === 'number';
    return isWhole ? found : undefined;
  } catch {
    return undefined;
  }
}
