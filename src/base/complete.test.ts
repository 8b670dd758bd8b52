import { expect, test } from 'vitest';
import { canonical, canonicalKind, completed, completedKind } from './complete.js';
import { byDefault, count, flag, kindOf, list, nested, optional, real } from './fields.js';

const shapes = [
  { kind: 'dot', fields: {} },
  {
    kind: 'box',
    fields: { side: byDefault(count('side'), 2), tilt: byDefault(real('angle'), 0) },
    // A box of side 1 looks the same however it is tilted.
    withoutEffect: ({ side }: { side: number }) => (side === 1 ? ['tilt'] : []),
  },
] as const;
const fields = {
  name: count('which'),
  note: optional(count('a value of its own')),
  look: byDefault(nested('look', { filled: byDefault(flag('filled'), true), width: optional(count('width')) }), {}),
  first: byDefault(
    kindOf('the first', () => shapes),
    { kind: 'box', side: 3 },
  ),
  all: list(
    'all',
    kindOf('one', () => shapes),
    'shapes',
  ),
};

test('defaults are written out in all parts, and what was given stays', () => {
  expect(completed(fields, { name: 1, all: [{ kind: 'dot' }, { kind: 'box', tilt: 5 }] })).toEqual({
    name: 1,
    look: { filled: true },
    first: { kind: 'box', side: 3, tilt: 0 },
    all: [{ kind: 'dot' }, { kind: 'box', side: 2, tilt: 5 }],
  });
  expect(completedKind(shapes, { kind: 'box', side: 7 })).toEqual({ kind: 'box', side: 7, tilt: 0 });
});

test('what equals its default is in no canonical form, in whatever order and however much of it is written out', () => {
  const short = { name: 1, all: [{ kind: 'box' }] } as const;
  expect(canonical(fields, short)).toEqual(short);
  expect(canonical(fields, { ...completed(fields, short), look: { filled: true } })).toEqual(short);
  expect(canonical(fields, { ...short, first: { tilt: 0, side: 3, kind: 'box' }, look: {} })).toEqual(short);
  const other = { ...short, note: 2, look: { filled: false }, first: { kind: 'box' } } as const;
  expect(canonical(fields, other)).toEqual(other);
});

test('what cannot matter beside the other fields is in no canonical form either', () => {
  expect(canonicalKind(shapes, { kind: 'box', side: 1, tilt: 9 })).toEqual({ kind: 'box', side: 1 });
  expect(canonicalKind(shapes, { kind: 'box', side: 4, tilt: 9 })).toEqual({ kind: 'box', side: 4, tilt: 9 });
});
