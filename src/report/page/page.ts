import type { PageModel } from '../model/page-model.js';
import { html, trusted } from './html.js';
import { computingSection } from './page-computing.js';
import { coverageSection } from './page-coverage.js';
import type { Drawings } from './page-figure.js';
import { contents, noticeOf, overview, reloading } from './page-overview.js';
import { pageSection } from './page-section.js';
import { style } from './style.js';

/** What a page is made of beside its model. */
export interface PageOptions {
  readonly drawings: Drawings;
  /**
   * Present while the page is being made: what is still missing, in a sentence. The page says so and loads itself
   * again.
   */
  readonly unfinished?: string;
}

/** The report as one page that needs no network and no other file, and runs no script. */
export function page(model: PageModel, { drawings, unfinished }: PageOptions): string {
  const { sections, facts, madeBy } = model;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Descent: what stands and what falls</title>${unfinished !== undefined && reloading}
<style>${trusted(style)}</style>
</head>
<body>
${contents(sections, model.coverage !== undefined)}
<div class="page">
${overview(model, unfinished === undefined ? undefined : noticeOf(unfinished))}
<main>${sections.map((section) => pageSection(section, model.protocols, drawings))}\
${coverageSection(model)}${computingSection(model)}</main>
<footer>${facts.length > 0 && html`<p>Numbers and figures of this page: ${facts.join(' · ')}.</p>`}
<p>Made by ${madeBy}. Equal result hashes mean equal weights and metrics, bit for bit. Long curves are drawn from the \
lowest and the highest value of each short stretch, so that no spike is lost.</p></footer>
</div>
</body>
</html>
`.markup;
}
