/** Draws once a frame, however often it is asked for; a hidden page draws nothing. */
export function drawnByFrame(draw: () => void): { readonly ask: () => void; readonly stop: () => void } {
  let frame = 0;
  return {
    ask() {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        draw();
      });
    },
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
