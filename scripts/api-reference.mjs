// Writes docs/api: a page for each entry point of the package, made from the declarations and doc comments that the compiler emits.
// `npm run api` (after a build) writes the pages; `--check` compares them with what stands there.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'docs', 'api');
const name = 'descent-lab';

/** Entry points with declarations: the path that users import, and the file behind it. */
function entryPoints() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, to]) => {
    const file = typeof to === 'string' ? to : (to.default ?? to.import);
    return file.endsWith('.js')
      ? [{ path: path.replace(/^\./, name), file: join(root, file.replace(/\.js$/, '.d.ts')) }]
      : [];
  });
}

const modules = new Map();

/** A declaration file: its text and its statements, each with the doc comment before it. */
function moduleOf(file) {
  const known = modules.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const read = { file, text, body: parseAst(text, { lang: 'dts' }, file).body };
  modules.set(file, read);
  return read;
}

const docBefore = (text, start) => /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*$/.exec(text.slice(0, start))?.[1];

/** A doc comment without its stars. */
const plainDoc = (doc = '') =>
  doc
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .trim();

const namesOf = ({ declarations, id }) => declarations?.map((one) => one.id.name) ?? (id ? [id.name] : []);

/** Declarations that a file makes itself, by name; overloads of one function stand together. */
function declarationsOf({ file, text, body }) {
  const found = new Map();
  for (const node of body) {
    const isExport = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration';
    const declaration = isExport ? node.declaration : node;
    if (!declaration || !/Declaration$/.test(declaration.type) || declaration.type.startsWith('Import')) continue;
    const code = text.slice(node.start, node.end).replace(/^export (?:default )?(?:declare )?/, '');
    for (const one of namesOf(declaration)) {
      const before = found.get(one);
      found.set(one, {
        name: one,
        file,
        doc: before?.doc ?? plainDoc(docBefore(text, node.start)),
        code: before ? `${before.code}\n${code}` : code,
        exported: isExport,
      });
    }
  }
  return found;
}

const resolved = (from, specifier) => join(dirname(from), specifier.replace(/\.js$/, '.d.ts'));

/** All that a file exports, by the exported name: its own declarations, and those that it passes on. */
function exportsOf(file) {
  const module = moduleOf(file);
  const own = declarationsOf(module);
  const found = new Map([...own].filter(([, { exported }]) => exported));
  for (const node of module.body) {
    if (node.type === 'ExportAllDeclaration') {
      for (const [key, value] of exportsOf(resolved(file, node.source.value))) found.set(key, value);
    } else if (node.type === 'ExportNamedDeclaration' && !node.declaration) {
      const passed = node.source ? exportsOf(resolved(file, node.source.value)) : importedBy(module, own);
      for (const { local, exported } of node.specifiers) {
        const value = passed.get(local.name);
        if (value) found.set(exported.name, value);
      }
    }
  }
  return found;
}

/** Names that a module may pass on with `export { name }`: its own and those that it imports. */
function importedBy(module, own) {
  const names = new Map(own);
  for (const node of module.body) {
    if (node.type !== 'ImportDeclaration' || !node.source.value.startsWith('.')) continue;
    const from = exportsOf(resolved(module.file, node.source.value));
    for (const { local, imported } of node.specifiers) {
      if (imported && from.has(imported.name)) names.set(local.name, from.get(imported.name));
    }
  }
  return names;
}

const pageName = (path) => (path === name ? 'index' : path.slice(name.length + 1));

/** `Shapes:`, `@throws` and `@param` each begin a line of their own. */
const markdownDoc = (doc) =>
  doc
    .replace(/@throws\s+/g, '\n\n**Throws** ')
    .replace(/@param\s+(\S+)\s+/g, '\n\n**`$1`**: ')
    .replace(/\s*\bShapes:\s*/g, '\n\n**Shapes:** ')
    .trim();

/** The page of an entry point. */
function pageOf({ path, file }) {
  const { text } = moduleOf(file);
  const intro = /^\/\*\*((?:[^*]|\*(?!\/))*)\*\//.exec(text)?.[1];
  const entries = [...exportsOf(file)].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = entries.map(([exported, { doc, code, file: from }]) => {
    const source = relative(join(root, 'dist'), from)
      .split(sep)
      .join('/')
      .replace(/\.d\.ts$/, '.ts');
    return `## ${exported}\n\n${markdownDoc(doc)}\n\n\`\`\`ts\n${code.replaceAll('    ', '  ')}\n\`\`\`\n\n[src/${source}](../../src/${source})\n`;
  });
  return `# ${path}\n\n${plainDoc(intro)}\n\n${parts.join('\n')}`;
}

/** All pages by their file's name. */
export function apiPages() {
  const entries = entryPoints();
  const list = entries.map(({ path, file }) => {
    const intro = /^\/\*\*((?:[^*]|\*(?!\/))*)\*\//.exec(moduleOf(file).text)?.[1];
    return `| [\`${path}\`](${pageName(path)}.md) | ${plainDoc(intro).replaceAll('\n', ' ')} |`;
  });
  const readme = `# API reference\n\nMade from the doc comments by \`npm run api\`.\n\n| import from | what it is |\n| --- | --- |\n${list.join('\n')}\n`;
  return new Map([['README.md', readme], ...entries.map((entry) => [`${pageName(entry.path)}.md`, pageOf(entry)])]);
}

/** Pages that differ from what stands in docs/api. */
export function stalePages() {
  const pages = apiPages();
  const there = existsSync(target) ? readdirSync(target) : [];
  const extra = there.filter((file) => !pages.has(file));
  const differing = [...pages].filter(
    ([file, text]) => !there.includes(file) || readFileSync(join(target, file), 'utf8') !== text,
  );
  return [...extra, ...differing.map(([file]) => file)];
}

function write() {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [file, text] of apiPages()) writeFileSync(join(target, file), text);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!process.argv.includes('--check')) write();
  else if (stalePages().length > 0) {
    console.error(`docs/api: stale pages (${stalePages().join(', ')}); run npm run api`);
    process.exitCode = 1;
  }
}
