import { expect, test } from 'vitest';
import { wrapped } from './text.js';

test('lines of at most 80 columns, broken between words, every word kept in its order', () => {
  const text = Array.from({ length: 60 }, (_, i) => 'x'.repeat(((i * 7) % 13) + 1)).join(' ');
  const lines = wrapped(text, { lead: '1  ', hanging: 7 });
  expect(lines.length).toBeGreaterThan(4);
  for (const [i, line] of lines.entries()) {
    expect(line.length).toBeLessThanOrEqual(80);
    expect(line).toMatch(i === 0 ? /^1 {2}x/ : /^ {7}x/);
  }
  expect(lines.join(' ').split(/ +/).filter(Boolean)).toEqual(['1', ...text.split(' ').filter(Boolean)]);
});

test('a word longer than a line has a line of its own', () => {
  expect(wrapped(`a ${'b'.repeat(100)} c`, { lead: '', hanging: 2 })).toEqual(['a', `  ${'b'.repeat(100)}`, '  c']);
});
