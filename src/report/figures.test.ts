import { describe, expect, it } from 'vitest';
import { recordsOf, tinyExperiment, tinyRecord, tinyRun } from '../../test/support/tiny-experiment.js';
import { figureSpec } from './figure-spec.js';
import { renderSvg } from './render.js';
import { joinRun } from './run.js';

const records = recordsOf(tinyRecord('a1', [1, 0.5, 0.05]), tinyRecord('b1', [2, 0.2, null]));
const run = joinRun(tinyRun(), [tinyExperiment], records);

describe.each(tinyExperiment.figures)('a figure of kind $kind', (figure) => {
  it('draws as before', async () => {
    const svg = await renderSvg(figureSpec(figure, run, 'wide', figure.title)!);
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`snapshots/${figure.kind}.svg`);
  });

  it('has both axis labels, coordinates of at most two decimals and no ids that could meet another figure', async () => {
    const svg = await renderSvg(figureSpec(figure, run, 'narrow')!);
    for (const { label } of [figure.x, figure.y]) expect(svg).toContain(`>${label}</text>`);
    expect(svg.match(/<[^>]*\d\.\d{3,}[^>]*>/g)).toBeNull();
    expect(svg).not.toMatch(/\sid=|url\(/);
  });

  it('is left out where no trial has what it shows', () => {
    expect(figureSpec(figure, joinRun(tinyRun(), [tinyExperiment], new Map()), 'wide')).toBeUndefined();
  });
});

it('leaves out of a log axis what is not above 0', () => {
  const flat = joinRun(tinyRun(), [tinyExperiment], recordsOf(tinyRecord('a1', [1, 0, 0.1])));
  const values = JSON.stringify(figureSpec(tinyExperiment.figures[0]!, flat, 'wide'));
  expect(values).toContain('"y":0.1');
  expect(values).not.toContain('"y":0}');
});
