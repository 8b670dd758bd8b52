import { expect, test } from 'vitest';
import { stalePages } from '../scripts/api-reference.mjs';

test('docs/api is what the declarations say; npm run api writes it', () => {
  expect(stalePages()).toEqual([]);
});
