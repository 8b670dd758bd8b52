// Writes the table of verdicts into README.md, between its two marks: the cells of the committed page (docs/results/report.md), and
// under each statement what its effects are of, from docs/results/tables/verdicts.csv.
//
//     node scripts/readme-verdicts.mjs [--check]      --check: writes nothing; exit code 1 if the README is not up to date
import { readFileSync, writeFileSync } from 'node:fs';
import { experiments } from '../dist/experiments/index.js';
import { intervalText } from '../dist/report/tables/verdict-rows.js';

const [begin, end] = ['<!-- verdicts -->', '<!-- end of verdicts -->'];
const claims = experiments.flatMap((experiment) => experiment.claims);

/** The rows of the page's first table, as their cells. */
function pageRows() {
  const lines = readFileSync('docs/results/report.md', 'utf8').split('\n');
  const first = lines.findIndex((line) => line.startsWith('| section'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  if (first < 0 || length < 3) throw new Error('docs/results/report.md: expected a table of verdicts, got none');
  return lines.slice(first + 2, first + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The tests behind the verdicts, a row each. */
function testRows() {
  const cellsOf = (line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) =>
      cell.replace(/^"|"$/g, '').replaceAll('""', '"'),
    );
  const [head, ...lines] = readFileSync('docs/results/tables/verdicts.csv', 'utf8').trim().split('\n');
  const names = cellsOf(head);
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [names[i], cell])));
}

const tests = testRows();

/** What the effect in a cell is of, and what would count: the test of the claim whose effect the cell shows. */
function effectOf(statement, protocol, cell) {
  const claim = claims.find((one) => one.statement === statement);
  const own = tests.filter((test) => test.claim === claim?.id && test.protocol === protocol);
  const [, text] = /\*\* (.*)$/.exec(cell) ?? [];
  const textOf = ({ effect, low, high }) =>
    intervalText({ estimate: Number(effect), low: Number(low), high: Number(high) });
  const found = own.find((test) => textOf(test) === text);
  if (!found) throw new Error(`verdicts.csv: expected a test of "${statement}" with ${text} ${protocol}, got none`);
  return `${found.test}; ${found.expected}`;
}

const protocols = ['as-written', 'as-coded', 'as-intended'];

/** A row with the effects' names under the statement, each once. */
function withEffects([section, statement, ...cells]) {
  const named = cells.flatMap((cell, i) => (cell === '–' ? [] : [effectOf(statement, protocols[i], cell)]));
  const effects = [...new Set(named)].map((effect) => `<br><sub>${effect.replaceAll('|', '\\|')}</sub>`);
  return `| ${[section, `${statement}${effects.join('')}`, ...cells].join(' | ')} |`;
}

const head = [
  '| section | the original says; what is measured; what would bear it out | as written | as coded | as intended |',
  '| --- | --- | --- | --- | --- |',
];
const readme = readFileSync('README.md', 'utf8');
const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
if (from < 0 || to < from) throw new Error(`README.md: expected the marks ${begin} and ${end}, in this order`);
const table = [...head, ...pageRows().map(withEffects)].join('\n');
const fresh = `${readme.slice(0, from + begin.length)}\n${table}\n${readme.slice(to)}`;
if (!process.argv.includes('--check')) writeFileSync('README.md', fresh);
else if (fresh !== readme) {
  console.error(
    'README.md: expected the verdicts of docs/results/report.md, got others; run node scripts/readme-verdicts.mjs',
  );
  process.exit(1);
}
