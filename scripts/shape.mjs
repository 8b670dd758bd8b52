// The shape of the source, the lab in the browser included, as numbers: sizes of functions, of folders and lines,
// cycles, doc comments. `npm run shape` prints them; test/shape.test.ts holds them.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What is asked of the source. */
export const limits = {
  functionLines: { median: 4, p90: 18, p99: 45, most: 80 },
  folderFiles: 20,
  columns: 120,
  documented: 0.95,
};

/** Folders that may hold more files than others, and why. */
export const largeFolders = {
  'src/measurements': 'the list of kinds: one file a measurement',
  'src/kernels': 'one file a kernel family, and each new kind may bring one',
};

/** Rooms whose exported functions state the shapes of the arrays that pass. */
const shapedRooms = ['src/engine/', 'src/measures/'];

/** All source files of the project's own code, as paths from its root. */
export function sourceFiles() {
  const below = (folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file).split(sep).join('/'),
    );
  return [...below('src'), ...below('web')]
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.includes('.generated.'))
    .sort();
}

const isTest = (file) => file.endsWith('.test.ts');
const isKernel = (file) => file.startsWith('src/kernels/');

/** A file's text, tree and lines. */
function parsed(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return { file, text, tree: parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }, file), starts };
}

/** The line of a position, from 1. */
function lineOf(starts, position) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= position) low = middle;
    else high = middle;
  }
  return low + 1;
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The name that a node gives a function below it: a declaration's, a variable's, a property's or a method's. */
function namedFunction(node) {
  if (node.type === 'FunctionDeclaration') return { name: node.id?.name ?? 'default', body: node };
  const value = node.type === 'VariableDeclarator' ? node.init : node.value;
  const key = node.type === 'VariableDeclarator' ? node.id : node.key;
  const holds = ['VariableDeclarator', 'Property', 'PropertyDefinition', 'MethodDefinition'].includes(node.type);
  if (!holds || !value || !functionTypes.has(value.type)) return undefined;
  return { name: key?.name ?? String(key?.value ?? '?'), body: value };
}

function visit(node, meet) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const one of node) visit(one, meet);
    return;
  }
  if (typeof node.type === 'string') meet(node);
  for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value, meet);
}

/** Lines of a function's body: between its braces, or of its expression. */
function bodyLines({ body }, starts) {
  const spanned = lineOf(starts, body.end) - lineOf(starts, body.start) + 1;
  return body.type === 'BlockStatement' ? Math.max(spanned - 2, 1) : spanned;
}

/** Named functions of a file with the lines of their bodies. */
function functionsOf({ file, tree, starts }) {
  const found = [];
  visit(tree.body, (node) => {
    const named = namedFunction(node);
    if (!named) return;
    if (!named.body.body) return;
    found.push({ file, name: named.name, line: lineOf(starts, node.start), lines: bodyLines(named.body, starts) });
  });
  return found;
}

/** Declarations that a file exports, each with the doc comment before it, if there is one. */
function exportsOf({ file, text, tree, starts }) {
  return tree.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' && node.type !== 'ExportDefaultDeclaration') return [];
    const { declaration } = node;
    if (!declaration) return [];
    const doc = /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(text.slice(0, node.start))?.[0];
    const ids = declaration.declarations?.map(({ id }) => id.name ?? '?') ?? [declaration.id?.name ?? 'default'];
    const source = text.slice(node.start, node.end);
    const head = source.slice(0, declaration.body ? declaration.body.start - node.start : 400);
    return ids.map((name) => ({
      file,
      name,
      line: lineOf(starts, node.start),
      doc,
      takesArrays: takesArrays(declaration, head),
    }));
  });
}

/** Whether a function takes or returns typed arrays, whose shapes its comment has to say. */
function takesArrays(declaration, head) {
  const isFunction =
    declaration.type === 'FunctionDeclaration' ||
    declaration.declarations?.some(({ init }) => init && functionTypes.has(init.type));
  return (
    Boolean(isFunction) && /\b(?:Float32Array|Float64Array|Int32Array|Uint8Array)\b/.test(head.split('=>')[0] ?? '')
  );
}

/** Relative imports of a file, as paths from the root: a module's name is that of either kind of source. */
function importsOf({ file, text }) {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].flatMap(([, specifier]) => {
    const path = relative(root, join(root, dirname(file), specifier))
      .split(sep)
      .join('/');
    return [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  });
}

/** Import cycles, each as the files along it. */
function cyclesOf(files) {
  const next = new Map(files.map((one) => [one.file, importsOf(one)]));
  const done = new Set();
  const cycles = [];
  const walk = (file, path) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file]);
    else if (!done.has(file)) {
      for (const to of next.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    }
  };
  for (const { file } of files) walk(file, []);
  return cycles;
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/** Measures the source as it stands. */
export function measureShape() {
  const names = sourceFiles();
  const sources = names.filter((file) => !isTest(file));
  const plain = sources.filter((file) => !isKernel(file)).map(parsed);
  const functions = plain.flatMap(functionsOf).sort((a, b) => b.lines - a.lines);
  const lines = functions.map((one) => one.lines).sort((a, b) => a - b);
  const counts = new Map();
  for (const file of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const exported = plain.filter(({ file }) => !file.endsWith('/index.ts')).flatMap(exportsOf);
  const shaped = exported.filter(
    ({ file, takesArrays }) => takesArrays && shapedRooms.some((room) => file.startsWith(room)),
  );
  return {
    functions,
    functionLines: {
      count: lines.length,
      median: quantile(lines, 0.5),
      p90: quantile(lines, 0.9),
      p99: quantile(lines, 0.99),
      most: lines.at(-1),
    },
    largeFolders: [...counts].filter(([folder, n]) => n > limits.folderFiles && !(folder in largeFolders)),
    longLines: names.flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, i) => (line.length > limits.columns ? [`${file}:${i + 1}`] : [])),
    ),
    cycles: cyclesOf(plain),
    exports: exported.length,
    undocumented: exported.filter(({ doc }) => doc === undefined),
    unshaped: shaped.filter(({ doc }) => !/Shapes?:|\[[^\]]*\]/.test(doc ?? '')),
    shaped: shaped.length,
  };
}

function print() {
  const shape = measureShape();
  const { count, median, p90, p99, most } = shape.functionLines;
  const at = ({ file, line, name, lines }) => `  ${file}:${line} ${name}${lines ? ` ${lines} lines` : ''}`;
  console.log(`functions: ${count}, lines: median ${median}, p90 ${p90}, p99 ${p99}, most ${most}`);
  for (const one of shape.functions.filter(({ lines }) => lines > limits.functionLines.p99)) console.log(at(one));
  console.log(`folders with more than ${limits.folderFiles} source files: ${shape.largeFolders.length}`);
  for (const [folder, n] of shape.largeFolders) console.log(`  ${folder} ${n}`);
  console.log(`import cycles: ${shape.cycles.length}`);
  for (const cycle of shape.cycles) console.log(`  ${cycle.join(' -> ')}`);
  console.log(`lines over ${limits.columns} columns: ${shape.longLines.length}`);
  for (const line of shape.longLines.slice(0, process.argv.includes('--all') ? undefined : 10))
    console.log(`  ${line}`);
  const share = 1 - shape.undocumented.length / shape.exports;
  console.log(`exports documented: ${(100 * share).toFixed(1)} % of ${shape.exports}`);
  for (const one of shape.undocumented) console.log(at(one));
  console.log(
    `of ${shape.shaped} exported functions of the engine and the methods that pass arrays, without shapes: ${shape.unshaped.length}`,
  );
  for (const one of shape.unshaped) console.log(at(one));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) print();
