// Writes a run's results for people: a table, a chart.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { renderPng, renderSvg } from '../../dist/report/drawing/render.js';
import { ratioChart } from './chart.mjs';
import { markdown } from './table.mjs';

const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

export async function writeTables(report, directory) {
  const write = (name, content) => writeFileSync(join(directory, name), content);
  write('bench.md', markdown(report));
  if (!report.results.some(({ ratio }) => ratio !== undefined)) return;
  const svg = await renderSvg(ratioChart(report.results, report.machine));
  write('bench.svg', svg);
  write('bench.png', renderPng(svg, [font]));
}
