import { expect, it } from 'vitest';
import { resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import type { DrawnFigure } from '../drawing/draw-figure.js';
import type { FigurePlan } from '../drawing/figure-plan.js';
import { joinRun } from '../tables/run.js';
import { figuresOf } from './build-report.js';
import { page } from './page.js';
import { draftSection, joinSections } from './sections.js';

const results = resultsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1]));
const draft = draftSection(tinyExperiment, [joinRun(tinyRun(), [tinyExperiment], results)]);
const sections = joinSections([draft], []);
const drawings = new Map<FigurePlan, DrawnFigure>(
  figuresOf(draft).map((figure) => [figure, { inline: `<svg id="${figure.key}"></svg>`, png: new Uint8Array() }]),
);

it('a whole page has every drawing, and no word of being made', () => {
  const whole = page(sections, { version: '1', drawings });
  for (const { key } of drawings.keys()) expect(whole).toContain(`<div class="drawing"><svg id="${key}"></svg></div>`);
  expect(whole).not.toMatch(/http-equiv|still being made|Not drawn yet|class="unfinished"/);
});

it('an unfinished page has its numbers, says what is missing and loads itself again', () => {
  const early = page(sections, { version: '1', drawings: new Map(), unfinished: '0 of 3 <figures> are drawn.' });
  expect(early).toContain('<meta http-equiv="refresh" content="5">');
  expect(early).toContain('<b>This page is still being made.</b> 0 of 3 &lt;figures&gt; are drawn.');
  expect(early.match(/Not drawn yet\./g)).toHaveLength(drawings.size);
  expect(early).toContain('<td>1,234');
});

it('the two differ in the notice and the drawings alone', () => {
  const whole = page(sections, { version: '1', drawings });
  const early = page(sections, { version: '1', drawings, unfinished: 'x' });
  const without = early
    .replace(/\n<meta http-equiv[\s\S]*?<\/style>(?=\n<style>)/, '')
    .replace(/<p class="unfinished"[\s\S]*?<\/p>\n/, '');
  expect(without).toBe(whole);
});
