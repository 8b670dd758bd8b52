// What index.html itself shows until scripts have come: the largest words of each page, where the page will have them,
// in the elements that the page will have, which takes them as they are. Nothing stands between them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import words from './pages/words.json' with { type: 'json' };

const { front, play, verify } = words;

/** The header without what needs a script, and the beginning of every page. */
const body = `
  <button type="button" class="skip">Skip to the content</button>
  <header class="top">
    <a class="brand" href="#/"><img src="./icon.svg" width="26" height="26" alt="" /> Descent</a>
    <nav aria-label="Pages"><a href="#/play" data-to="play">Play</a><a href="#/verify" data-to="verify">Verify</a></nav>
  </header>
  <main class="page front" data-first="front">
    <section class="hero"><div class="words"><h1>${front.title}</h1><p>${front.text}</p></div></section>
  </main>
  <main class="page starting" data-first="play"><p>${play.text}</p></main>
  <main class="page verify" data-first="verify"><h1>${verify.title}</h1><p>${verify.text}</p></main>
`.replaceAll(/\n\s*/g, '');

const script = readFileSync(new URL('./first-script.js', import.meta.url), 'utf8');

/** Fills the places of index.html: what is shown, which of it, and the leave of the policy for that one script. */
export const withFirst = (html) =>
  html
    .replace('sha256-of-first-script', `sha256-${createHash('sha256').update(script).digest('base64')}`)
    .replace('<!-- first-script -->', `<script>${script}</script>`)
    .replace('<!-- first-html -->', body);
