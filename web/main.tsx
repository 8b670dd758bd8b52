import './style/base.css';
import 'uplot/dist/uPlot.min.css';
import './style/parts.css';
import './style/pages.css';
import './style/play.css';
import { render } from 'preact';
import { App } from './app.js';

const root = document.getElementById('app')!;
root.replaceChildren();
render(<App />, root);

/** Milliseconds after which all files are kept: until then the line is the page's. */
const keepAfter = 2000;

if ('serviceWorker' in navigator) {
  setTimeout(() => {
    void navigator.serviceWorker.register('./sw.js').catch(() => {
      // Without it the lab needs the network at the next visit, and all else works.
    });
  }, keepAfter);
}
