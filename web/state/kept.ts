import { type ReadonlySignal, signal } from '@preact/signals';

const forgets = signal(false);

/** Whether the browser has refused to keep anything for this page: storage is blocked, or full. */
export const keepsNothing: ReadonlySignal<boolean> = forgets;

/** What a use of the browser's storage returns; undefined where it is refused, and all else works. */
function allowed<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    forgets.value = true;
    return undefined;
  }
}

/** Reads what was kept from an earlier visit; undefined where nothing was. */
export const readKept = (name: string): string | undefined => allowed(() => localStorage.getItem(name)) ?? undefined;

/** Names of all that is kept and begins so. */
export const keptNames = (begin: string): readonly string[] =>
  allowed(() => Object.keys(localStorage).filter((name) => name.startsWith(begin))) ?? [];

/** Keeps a text for later visits. */
export const keep = (name: string, text: string): void => allowed(() => localStorage.setItem(name, text));

/** Keeps a text no longer. */
export const forget = (name: string): void => allowed(() => localStorage.removeItem(name));

/** A name of this tab that outlives a reload. */
export function tabName(): string {
  const found = allowed(() => sessionStorage.getItem('tab'));
  if (found) return found;
  const made = crypto.getRandomValues(new Uint32Array(2)).join('-');
  allowed(() => sessionStorage.setItem('tab', made));
  return made;
}
