import './style/base.css';
import 'uplot/dist/uPlot.min.css';
import './style/parts.css';
import './style/pages.css';
import './style/play.css';
import { render } from 'preact';
import { App } from './app.js';

/** Milliseconds after which nothing is waited for: a hidden page is not painted. */
const mostWaited = 250;

/** Calls once what index.html shows has been painted: to draw all else takes a slow processor longer. */
function oncePainted(act: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (!isDone) act();
    isDone = true;
  };
  new PerformanceObserver(once).observe({ type: 'paint', buffered: true });
  setTimeout(once, mostWaited);
}

oncePainted(() => {
  const root = document.getElementById('app')!;
  root.replaceChildren();
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
