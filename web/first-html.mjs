// What index.html itself shows until scripts have come: the largest words of each page, where the page will have them.
// Which page the address means is said by start.ts.
import words from './pages/words.json' with { type: 'json' };

const { front, play, verify } = words;

/** The header without what needs a script, and the beginning of every page. */
export const firstHtml = `<header class="top">
        <a class="brand" href="#/"><img src="./icon.svg" width="26" height="26" alt="" /> Descent</a>
        <nav aria-label="Pages"><a href="#/play" data-to="play">Play</a> <a href="#/verify" data-to="verify">Verify</a></nav>
      </header>
      <main class="page front" data-first="front">
        <section class="hero"><div class="words"><h1>${front.title}</h1><p>${front.text}</p></div></section>
      </main>
      <main class="page starting" data-first="play"><p>${play.text}</p></main>
      <main class="page verify" data-first="verify"><h1>${verify.title}</h1><p>${verify.text}</p></main>`;
