// Writes the table of verdicts into README.md, between its two marks: of the claims in the code and the ledger of what was run, the
// same words as on the page.
//
//     node scripts/readme-verdicts.mjs [--check]      --check: writes nothing; exit code 1 if the README is not up to date
import { readFileSync, writeFileSync } from 'node:fs';
import { ledgerVerdicts } from '../dist/cli/study/families.js';
import { experiments } from '../dist/experiments/index.js';
import { pageModel } from '../dist/report/model/build-model.js';
import { draftSection } from '../dist/report/model/section-draft.js';
import { claimTable } from '../dist/report/page/claim-table.js';
import { markdownTable } from '../dist/report/tables/tables.js';

const [begin, end] = ['<!-- verdicts -->', '<!-- end of verdicts -->'];
const drafts = experiments.map((experiment) => draftSection(experiment, []));
const verdicts = ledgerVerdicts(
  experiments.map((experiment) => ({ experiment })),
  'docs/results',
);
const table = markdownTable(claimTable(pageModel(drafts, { version: '', verdicts })));

const readme = readFileSync('README.md', 'utf8');
const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
if (from < 0 || to < from) throw new Error(`README.md: expected the marks ${begin} and ${end}, in this order`);
const fresh = `${readme.slice(0, from + begin.length)}\n${table}${readme.slice(to)}`;
if (!process.argv.includes('--check')) writeFileSync('README.md', fresh);
else if (fresh !== readme) {
  console.error('README.md: expected the verdicts of the ledger, got others; run node scripts/readme-verdicts.mjs');
  process.exit(1);
}
