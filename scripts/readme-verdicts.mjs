// Copies the table of verdicts from the committed page (docs/results/report.md) into README.md, between its two marks.
//
//     node scripts/readme-verdicts.mjs [--check]      --check: writes nothing; exit code 1 if the README is not up to date
import { readFileSync, writeFileSync } from 'node:fs';

const [begin, end] = ['<!-- verdicts -->', '<!-- end of verdicts -->'];

/** The first table of the page. */
function tableOf(page) {
  const lines = page.split('\n');
  const first = lines.findIndex((line) => line.startsWith('| section'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  if (first < 0 || length < 3) throw new Error('docs/results/report.md: expected a table of verdicts, got none');
  return lines.slice(first, first + length).join('\n');
}

const readme = readFileSync('README.md', 'utf8');
const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
if (from < 0 || to < from) throw new Error(`README.md: expected the marks ${begin} and ${end}, in this order`);
const table = tableOf(readFileSync('docs/results/report.md', 'utf8'));
const fresh = `${readme.slice(0, from + begin.length)}\n${table}\n${readme.slice(to)}`;
if (!process.argv.includes('--check')) writeFileSync('README.md', fresh);
else if (fresh !== readme) {
  console.error(
    'README.md: expected the verdicts of docs/results/report.md, got others; run node scripts/readme-verdicts.mjs',
  );
  process.exit(1);
}
