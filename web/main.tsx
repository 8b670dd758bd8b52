import './style/base.css';
import 'uplot/dist/uPlot.min.css';
import './style/parts.css';
import './style/pages.css';
import './style/play.css';
import { render } from 'preact';
import { App } from './app.js';

/** Milliseconds after which nothing is waited for: not every browser says when it paints. */
const mostWaited = 1000;

/** Calls once the first words of index.html have been painted: to draw all else takes a slow processor longer. */
function oncePainted(act: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (!isDone) act();
    isDone = true;
  };
  new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) once();
  }).observe({ type: 'paint', buffered: true });
  // A hidden page is not painted.
  setTimeout(once, document.hidden ? 0 : mostWaited);
}

oncePainted(() => {
  const root = document.getElementById('app')!;
  // The page takes the elements that stand there, all but those of other pages: what was painted stays.
  for (const one of [...root.children]) if (!one.checkVisibility()) one.remove();
  render(<App />, root);
});

/** Milliseconds after which all files are kept: until then the line is the page's. */
const keepAfter = 2000;

if ('serviceWorker' in navigator) {
  setTimeout(() => {
    void navigator.serviceWorker.register('./sw.js').catch(() => {
      // Without it the lab needs the network at the next visit, and all else works.
    });
  }, keepAfter);
}
