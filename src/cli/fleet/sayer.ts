/** The same is not said again so soon. */
const againAfterMs = 60_000;
const statusEveryMs = 20_000;

/** Says what people should know of a fleet; how it is only when that has changed, and not too often. */
export function createSayer(write: (text: string) => void) {
  const said = new Map<string, number>();
  let statusAt = Number.NEGATIVE_INFINITY;
  let last = '';
  return {
    note(text: string): void {
      if (performance.now() - (said.get(text) ?? Number.NEGATIVE_INFINITY) < againAfterMs) return;
      said.set(text, performance.now());
      write(text);
    },
    status(text: string): void {
      if (text === last || performance.now() - statusAt < statusEveryMs) return;
      last = text;
      statusAt = performance.now();
      write(text);
    },
  };
}
