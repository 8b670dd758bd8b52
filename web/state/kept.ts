/**
 * Reads what was kept from an earlier visit; undefined where nothing was, or the browser keeps nothing for this page.
 */
export function readKept(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text for later visits, where the browser allows it. */
export function keep(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Then it is forgotten when the page is closed, and all else works.
  }
}
