import { type Html, html, trusted } from './html.js';
import { type Drawings, pageSection } from './page-section.js';
import { markHtml, verdictsAtAGlance } from './page-verdicts.js';
import { runFacts, type Section } from './sections.js';
import { style } from './style.js';

/** What a page is made of beside its sections. */
export interface PageOptions {
  /** Of this package. */
  readonly version: string;
  readonly drawings: Drawings;
  /**
   * Present while the page is being made: what is still missing, in a sentence. The page says so and loads itself
   * again.
   */
  readonly unfinished?: string;
}

/** The report as one page that needs no network and no other file. */
export function page(sections: readonly Section[], { version, drawings, unfinished }: PageOptions): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Descent report</title>${unfinished !== undefined && trusted(reloading)}
<style>${trusted(style)}</style>
</head>
<body>
${contents(sections)}
<div class="page">
<header id="top">
<p class="brand">Descent</p>
<h1>Deep-learning experiments, re-run to the bit</h1>
${unfinished !== undefined && notice(unfinished)}<p class="facts">${runFacts(sections).join(' · ')}</p>
${verdictsAtAGlance(sections)}
</header>
<main>${sections.map((section) => pageSection(section, drawings))}</main>
<footer>Made by descent-lab ${version}. Equal result hashes mean equal weights and metrics, bit for bit. Long curves \
are drawn from the lowest and the highest value of each short stretch, so that no spike is lost.</footer>
</div>
</body>
</html>
`.markup;
}

/** A page that is being made loads itself again, so that who opened it early sees it grow. */
const reloading = `
<meta http-equiv="refresh" content="5">
<style>.unfinished { margin: 0 0 14px; padding: 10px 14px; border: 1px solid #d9a400; border-radius: 8px; background: \
#fff8e1; }
.pending { margin: 0; padding: 60px 0; text-align: center; color: var(--soft); background: var(--tint); }</style>`;

const notice = (
  missing: string,
): Html => html`<p class="unfinished" role="status"><b>This page is still being made.</b> ${missing} It loads itself \
again every 5 s until it is whole; if it stays like this, the command that made it was stopped: run it again.</p>
`;

/** A list of the sections that stays in sight: a column beside a wide page, a strip above a narrow one. */
const contents = (sections: readonly Section[]): Html => html`
<nav class="contents" aria-label="Contents"><ul>
<li><a href="#top"><b>Verdicts</b></a></li>${sections.map(
  (section) => html`
<li${section.shown.length === 0 && trusted(' class="idle"')}><a \
href="#${section.experiment.id}"><b>${shortNumber(section, sections)}</b> <em>${marksOf(section)}</em> \
<span>${section.experiment.title}</span></a></li>`,
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
  claims.flatMap(({ verdicts }) => {
    const last = verdicts.findLast((one) => one !== undefined);
    return last ? [markHtml(last.outcome)] : [];
  });
