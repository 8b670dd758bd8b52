// Judges the judge by simulation: tables and figures in docs/results/calibration, and the numbers of docs/statistics.md.
//
//     npm run calibrate              simulates everything again: some minutes, the same bytes on every machine
//     node scripts/calibrate.mjs --document     only draws and writes, from the tables that are there
//     node scripts/calibrate.mjs --check [TABLE...]   writes nothing; exit code 1 if figures or text are not those of the tables, or
//                                    a table that is named is not what is simulated
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { calibrationTables, fullSize } from '../dist/verdicts/calibration/calibrate.js';
import { csvOf, rowsOf } from './calibration/csv.mjs';
import { documented } from './calibration/document.mjs';
import { figures } from './calibration/figures.mjs';

const folder = 'docs/results/calibration';
const page = 'docs/statistics.md';
const tables = calibrationTables(fullSize);
const fileOf = (name) => `${folder}/${name}.csv`;

/** Simulates all tables and writes each as it is made. */
function simulate() {
  mkdirSync(folder, { recursive: true });
  for (const [name, make] of Object.entries(tables)) {
    const started = performance.now();
    writeFileSync(fileOf(name), csvOf(make()));
    console.log(`${fileOf(name)}  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** All files that are made from the tables, by path. */
async function derived() {
  const names = Object.keys(tables);
  const rows = Object.fromEntries(names.map((name) => [name, rowsOf(readFileSync(fileOf(name), 'utf8'))]));
  const drawn = await figures(rows);
  return {
    ...Object.fromEntries(Object.entries(drawn).map(([name, svg]) => [`${folder}/${name}.svg`, svg])),
    [page]: documented(readFileSync(page, 'utf8'), rows),
  };
}

/** Paths of what is not as it would be made again: all that is derived, and the tables that are named. */
async function stale(names) {
  const again = names.map((name) => [fileOf(name), csvOf(tables[name]())]);
  const files = [...again, ...Object.entries(await derived())];
  return files.filter(([path, text]) => readFileSync(path, 'utf8') !== text).map(([path]) => path);
}

const [mode, ...names] = process.argv.slice(2);
if (mode === '--check') {
  const found = await stale(names);
  if (found.length > 0) {
    console.error(`${found.join(', ')}: expected what the calibration makes, got others; run npm run calibrate`);
    process.exit(1);
  }
} else {
  if (mode !== '--document') simulate();
  for (const [path, text] of Object.entries(await derived())) writeFileSync(path, text);
}
