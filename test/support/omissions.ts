import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

// What can be forgotten where kinds are written down: places of the sources, found in their syntax trees.

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A source of the project with its syntax. */
export interface Source {
  /** From the project's root. */
  readonly file: string;
  readonly text: string;
  readonly nodes: readonly Node[];
}

/** A place in a source that can be left out. */
export interface Omission {
  readonly what: string;
  /** The property, entry or case that is left out. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function nodesOf(value: unknown): Node[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  const own = typeof (value as Node).type === 'string' ? [value as Node] : [];
  return [...own, ...Object.values(value).flatMap(nodesOf)];
}

function read(file: string): Source {
  const text = readFileSync(join(root, file), 'utf8');
  return { file, text, nodes: nodesOf(parseAst(text, { lang: 'ts' }, file).body) };
}

/** All of src but kernels, tests and what is generated. */
export const readSources = (): readonly Source[] =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join('src', file.split('\\').join('/')))
    .filter((file) => file.endsWith('.ts') && !/\.(test|generated)\.ts$/.test(file) && !/^src\/kernels\//.test(file))
    .sort()
    .map(read);

const keyOf = (property: Node): string => {
  const key = property['key'] as { readonly name?: string; readonly value?: unknown };
  return key.name ?? String(key.value);
};

const propertiesOf = (object: Node, what: string): readonly Omission[] =>
  (object['properties'] as readonly Node[])
    .filter(({ type }) => type === 'Property')
    .map((property) => ({ what, name: keyOf(property), start: property.start, end: property.end }));

/** Every property of the object that a definition is made from, by one of the functions `makers`. */
export function definitionsIn({ nodes }: Source, makers: readonly string[]): readonly Omission[] {
  return nodes
    .filter(({ type }) => type === 'CallExpression')
    .flatMap((call) => {
      const { name = '' } = call['callee'] as { readonly name?: string };
      const object = (call['arguments'] as readonly Node[]).at(-1);
      return makers.includes(name) && object?.type === 'ObjectExpression' ? propertiesOf(object, name) : [];
    });
}

/** Every entry of an object whose type is a record with an entry for each of some words. */
export function recordsIn({ nodes, text }: Source): readonly Omission[] {
  return nodes
    .filter(({ type }) => type === 'VariableDeclarator')
    .flatMap(({ id, init }) => {
      const annotation = (id as { readonly typeAnnotation?: Node | null }).typeAnnotation;
      const object = init as Node | null;
      if (!annotation || object?.type !== 'ObjectExpression') return [];
      const type = text.slice(annotation.start, annotation.end);
      const isWhole = /\bRecord<(?!string\b)/.test(type) && !type.includes('Partial<');
      return isWhole ? propertiesOf(object, 'record') : [];
    });
}

type SwitchCase = Node & { readonly test: Node | null; readonly consequent: readonly Node[] };

/** The switches of a source: each its cases, and whether it has a default that takes what no case names. */
export const switchesIn = ({ nodes, text }: Source): readonly { cases: readonly Omission[]; isOpen: boolean }[] =>
  nodes
    .filter(({ type }) => type === 'SwitchStatement')
    .map((statement) => {
      const all = statement['cases'] as readonly SwitchCase[];
      const rest = all.find(({ test }) => test === null);
      return {
        isOpen: rest !== undefined && !text.slice(rest.start, rest.end).includes('satisfies never'),
        cases: all.flatMap(({ test, start, end }) =>
          test === null ? [] : [{ what: 'switch', name: text.slice(test.start, test.end), start, end }],
        ),
      };
    });

/** A source's text without some of its places. */
export const without = (text: string, omissions: readonly Omission[]): string =>
  [...omissions]
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end).replace(/^,/, ''), text);

/** A source's text as a module of another folder of the project. */
export const movedTo = (folder: string, file: string, text: string): string =>
  text.replace(/((?:\bfrom|\bimport)\s*\(?\s*')(\.[^']+)'/g, (_, before: string, specifier: string) => {
    const to = posix.relative(folder, posix.join(dirname(file), specifier));
    return `${before}${to}'`;
  });
