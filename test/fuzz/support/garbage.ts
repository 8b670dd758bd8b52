import fc from 'fast-check';

/** What JSON holds, or what a module may hand over in its place. */
const odd: readonly unknown[] = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, -1, 0.5, 1, 2, 3, 17, 28],
  ...[1e-320, 1e-9, 1e9, 1e15, 2 ** 32, 2 ** 53, 1e39, 1e300, -1e300, 1 - 2 ** -40],
  ...['', 'full', 'all', 'adam', 'mse', 'epoch', 'relu', '__proto__', 'constructor', 'a\nb', 'x'.repeat(100_000)],
  ...[null, undefined, true, false, 10n, Symbol('s'), () => 1, new Date(0), new Map(), Object.create(null)],
  ...[[], {}, [[]], [null], new Array(3), new Float32Array(2), { kind: 'mlp' }, { kind: '__proto__' }, circular()],
  ...[
    { kind: 'pytorch', skip: 1e15 },
    { every: 1, parameters: 'all' },
    { every: 1, parameters: ['0.weight'] },
  ],
  JSON.parse('{"__proto__": {"seed": 1}}'),
  JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
];

function circular(): object {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  return self;
}

const oddNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'kind', 'name', 'x y', '0', 'length', ''];

/** One change: at the `where`-th place (as often around as need be), of a kind, to a value. */
const change = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('replace', 'delete', 'add', 'wrap', 'nest', 'swap', 'repeat', 'rename'),
  value: fc.oneof(fc.constantFrom(...odd), fc.jsonValue({ maxDepth: 2 })),
  name: fc.constantFrom(...oddNames),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** One to three changes of something valid. */
export const spoiled = <T extends object>(valid: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 })).map(([json, changes]) => {
    const root = { spec: structuredClone(json) };
    for (const each of changes) spoil(root, each);
    return root.spec;
  });

type Holder = Record<string, unknown>;

function spoil(root: { readonly spec: unknown }, { where, how, value: shared, name }: Change): void {
  // A later change may reach into it.
  const value = structuredCloneOr(shared);
  const places = placesIn(root);
  // A change before may have left nothing.
  if (places.length === 0) return;
  const { holder, key } = places[where % places.length]!;
  const here = holder[key];
  const other = places[(where * 7 + 3) % places.length]!;
  if (how === 'replace') holder[key] = value;
  else if (how === 'delete') delete holder[key];
  else if (how === 'add') addTo(isHolder(here) ? here : holder, name, value);
  else if (how === 'wrap') holder[key] = [here];
  else if (how === 'nest') holder[key] = { [name]: here };
  else if (how === 'swap') holder[key] = structuredCloneOr(other.holder[other.key]);
  else if (how === 'repeat' && Array.isArray(here)) holder[key] = [...here, ...here, ...here];
  else if (how === 'rename' && !Array.isArray(holder)) {
    delete holder[key];
    addTo(holder, name, here);
  }
}

/** As JSON.parse does it, which makes a field even of `__proto__`. */
function addTo(holder: Holder, name: string, value: unknown): void {
  if (Array.isArray(holder)) holder.push(value);
  else Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function structuredCloneOr(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value;
  }
}

const isHolder = (value: unknown): value is Holder =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

/** Every place below an object, as what holds it and under which key; those that hold themselves, and what is far down, are left out. */
function placesIn(value: unknown, depth = 0): readonly { readonly holder: Holder; readonly key: string }[] {
  if (!isHolder(value) || depth > 12) return [];
  return Object.keys(value).flatMap((key) => [{ holder: value, key }, ...placesIn(value[key], depth + 1)]);
}
