import { expect, it } from 'vitest';
import { syntheticVerdicts } from '../../../test/support/synthetic-verdicts.js';
import { resultsOf, tinyExperiment, tinyRecord, tinyRun } from '../../../test/support/tiny-experiment.js';
import { experiments } from '../../experiments/index.js';
import type { DrawnFigure } from '../drawing/draw-figure.js';
import { pageModel } from '../model/build-model.js';
import { draftSection, figuresOf } from '../model/section-draft.js';
import { joinRun } from '../tables/run.js';
import { page } from './page.js';

const results = resultsOf(tinyRecord('a1', [1, 0.5]), tinyRecord('b1', [1]));
const draft = draftSection(tinyExperiment, [joinRun(tinyRun(), [tinyExperiment], results)]);
const model = pageModel([draft], { version: '1' });
const drawings = new Map<string, DrawnFigure>(
  figuresOf(draft).map(({ key }) => [key, { inline: `<svg data-key="${key}"></svg>`, png: new Uint8Array() }]),
);

it('a whole page has every drawing once, and no word of being made', () => {
  const whole = page(model, { drawings });
  for (const key of drawings.keys()) expect(whole.split(`<svg data-key="${key}">`)).toHaveLength(2);
  expect(whole).not.toMatch(/http-equiv|still being made|Not drawn yet|class="unfinished"/);
});

it('an unfinished page has its numbers, says what is missing and loads itself again', () => {
  const early = page(model, { drawings: new Map(), unfinished: '0 of 3 <figures> are drawn.' });
  expect(early).toContain('<meta http-equiv="refresh" content="5">');
  expect(early).toContain('<b>This page is still being made.</b> 0 of 3 &lt;figures&gt; are drawn.');
  expect(early.match(/Not drawn yet\./g)).toHaveLength(drawings.size);
  expect(early).toContain('<td>1,234');
});

it('the two differ in the notice and the drawings alone', () => {
  const whole = page(model, { drawings });
  const early = page(model, { drawings, unfinished: 'x' });
  const without = early.replace(/\n<meta http-equiv[^>]*>/, '').replace(/<p class="unfinished"[\s\S]*?<\/p>\n/, '');
  expect(without).toBe(whole);
});

it('without a run it has the verdicts of the ledger, and says how its figures are drawn', () => {
  const drafts = experiments.map((experiment) => draftSection(experiment, []));
  const verdicts = syntheticVerdicts(experiments);
  const bare = page(pageModel(drafts, { version: '1', verdicts }), { drawings: new Map() });
  expect(bare.match(/No figure: this was not run here\./g)).toHaveLength(experiments.length);
  for (const word of ['stands', 'falls', 'falls short', 'open']) expect(bare).toContain(`<b>${word}</b>`);
  expect(bare).not.toContain('Numbers and figures of this page');
});

it('every mark of the first screen leads to a place of the page, and every place is there once', () => {
  const drafts = experiments.map((experiment) => draftSection(experiment, []));
  const verdicts = syntheticVerdicts(experiments);
  const whole = page(pageModel(drafts, { version: '1', verdicts }), { drawings: new Map() });
  const ids = [...whole.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...whole.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect(targets.length).toBeGreaterThan(50);
  expect(ids).toEqual(expect.arrayContaining(targets));
});
