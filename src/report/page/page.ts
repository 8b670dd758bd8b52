import { type Html, html, trusted } from './html.js';
import { pageSection } from './page-section.js';
import { markHtml, verdictsAtAGlance } from './page-verdicts.js';
import { runFacts, type Section } from './sections.js';
import { style } from './style.js';

/** The report as one page that needs no network and no other file. */
export function page(sections: readonly Section[], version: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Descent report</title>
<style>${trusted(style)}</style>
</head>
<body>
${contents(sections)}
<div class="page">
<header id="top">
<p class="brand">Descent</p>
<h1>Deep-learning experiments, re-run to the bit</h1>
<p class="facts">${runFacts(sections).join(' · ')}</p>
${verdictsAtAGlance(sections)}
</header>
<main>${sections.map(pageSection)}</main>
<footer>Made by descent-lab ${version}. Equal result hashes mean equal weights and metrics, bit for bit. Long curves are drawn from the lowest and the highest value of each short stretch, so that no spike is lost.</footer>
</div>
</body>
</html>
`.markup;
}

/** A list of the sections that stays in sight: a column beside a wide page, a strip above a narrow one. */
const contents = (sections: readonly Section[]): Html => html`
<nav class="contents" aria-label="Contents"><ul>
<li><a href="#top"><b>Verdicts</b></a></li>${sections.map(
  (section) => html`
<li${section.drawn.length === 0 && trusted(' class="idle"')}><a href="#${section.experiment.id}"><b>${shortNumber(section, sections)}</b> <em>${marksOf(section)}</em> <span>${section.experiment.title}</span></a></li>`,
)}
</ul></nav>`;

/** A section's number; where several experiments share it, with a letter of their own. */
function shortNumber({ experiment }: Section, sections: readonly Section[]): string {
  const sharing = sections.filter((other) => other.experiment.section === experiment.section);
  const rank = sharing.findIndex((other) => other.experiment === experiment);
  return sharing.length === 1 ? experiment.section : `${experiment.section} ${String.fromCodePoint(97 + rank)}`;
}

/** Marks of a section's claims, one each, by the last protocol that judges it. */
const marksOf = ({ claims }: Section): readonly Html[] =>
  claims.flatMap(({ judgements }) => {
    const last = judgements.findLast((one) => one !== undefined);
    return last ? [markHtml(last.verdict, last.miniature)] : [];
  });
