import { afterEach, expect, test } from 'vitest';
import type { FigurePlan } from '../../../report/drawing/figure-plan.js';
import { DrawingThreads } from './drawing-threads.js';

const entry = new URL('../../../../test/fixtures/faulty-drawer.mjs', import.meta.url);
const plan = (title: string): FigurePlan => ({
  title,
  caption: '',
  key: `tiny-${title}`,
  specs: { alone: '', narrow: '' },
  data: { kind: 'bands', label: '', arms: [] },
  isHeadline: false,
});

const opened: DrawingThreads[] = [];
afterEach(() => {
  for (const threads of opened.splice(0)) threads.close();
});
function started(threads: number): DrawingThreads {
  const team = new DrawingThreads({ fontFiles: [], threads, entry });
  opened.push(team);
  return team;
}

test.each([1, 3])('%i threads give each figure its own drawing', async (count) => {
  const threads = started(count);
  const titles = Array.from({ length: 20 }, (_, i) => `figure ${i}`);
  const drawn = await Promise.all(titles.map((title) => threads.draw(plan(title))));
  expect(drawn.map(({ inline }) => inline)).toEqual(titles);
});

test.each([
  ['dies', 'the drawing thread ended with exit code 3'],
  ['throws', 'the drawing thread crashed: out of ink'],
  ['refuses', 'no such colour'],
])('a thread that %s fails its figure by name, and the others are drawn', async (title, reason) => {
  const threads = started(2);
  const others = ['a', 'b', 'c', 'd'].map((one) => threads.draw(plan(one)));
  await expect(threads.draw(plan(title))).rejects.toThrow(`figure tiny-${title}: expected a drawing, got: ${reason}`);
  const after = threads.draw(plan('e'));
  expect((await Promise.all([...others, after])).map(({ inline }) => inline)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('with no thread allowed figures wait until there is one', async () => {
  const threads = started(0);
  let isDrawn = false;
  const drawing = threads.draw(plan('a')).then(() => {
    isDrawn = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isDrawn).toBe(false);
  threads.resize(1);
  await drawing;
});
