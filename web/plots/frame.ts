/** What waits to be drawn, that which has waited longest first. */
const waiting = new Set<() => void>();
const afterwards = new Set<() => void>();
let frame = 0;

/** Milliseconds of a frame after which what is left waits for the next: what it draws is still to be painted. */
const budgetMs = 1;

const ask = (): void => {
  frame ||= requestAnimationFrame(drawSome);
};

function drawSome(): void {
  frame = 0;
  const begin = performance.now();
  for (const draw of waiting) {
    waiting.delete(draw);
    draw();
    if (performance.now() - begin >= budgetMs) break;
  }
  if (waiting.size > 0) return ask();
  const acts = [...afterwards];
  afterwards.clear();
  for (const act of acts) act();
}

/** Draws once in its turn, however often it is asked for: many share a frame as its time allows. */
export function drawnInTurn(draw: () => void): { readonly ask: () => void; readonly stop: () => void } {
  return {
    ask() {
      waiting.add(draw);
      ask();
    },
    stop: () => void waiting.delete(draw),
  };
}

/** Calls once nothing waits to be drawn, in the next frame at the earliest; never while the page is hidden. */
export function onceDrawn(act: () => void): void {
  afterwards.add(act);
  ask();
}
