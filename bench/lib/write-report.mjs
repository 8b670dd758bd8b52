// Writes a run's results for people: a table, a chart.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderSvg } from '../../dist/report/drawing/render.js';
import { ratioChart } from './chart.mjs';
import { markdown } from './table.mjs';

export async function writeTables(report, directory) {
  const write = (name, content) => writeFileSync(join(directory, name), content);
  write('bench.md', markdown(report));
  if (!report.results.some(({ ratio }) => ratio !== undefined)) return;
  write('bench.svg', await renderSvg(ratioChart(report.results, report.machine)));
}
