/** What waits to be drawn, that which has waited longest first. */
const waiting = new Set<() => void>();
const afterwards = new Set<() => void>();
let isAsked = false;

/** Milliseconds between two frames up to which the page keeps pace with the screen. */
const paceMs = 20;
/** How many are drawn in a frame: one more with each that comes in time, one alone after a late one, or a rest. */
let share = 1;
let before = 0;

function ask(): void {
  if (!isAsked) requestAnimationFrame(drawSome);
  isAsked = true;
}

function drawSome(now: number): void {
  isAsked = false;
  share = now - before <= paceMs ? share + 1 : 1;
  before = now;
  for (const draw of [...waiting].slice(0, share)) {
    waiting.delete(draw);
    draw();
  }
  if (waiting.size > 0) ask();
  else actAfterwards();
}

function actAfterwards(): void {
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
    stop() {
      waiting.delete(draw);
    },
  };
}

/** Calls once nothing waits to be drawn, in the next frame at the earliest; never while the page is hidden. */
export function onceDrawn(act: () => void): void {
  afterwards.add(act);
  ask();
}
