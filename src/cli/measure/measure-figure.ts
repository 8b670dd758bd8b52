import { writeFileSync } from 'node:fs';
import { counted } from '../../base/counted.js';
import { UserError } from '../../base/errors.js';
import { codeOf } from '../../platform/node/files.js';
import { measurementFigure } from '../../report/drawing/measurements/figure.js';
import { renderPng, renderSvg } from '../../report/drawing/render.js';
import type { MeasurementResult } from '../../tasks/measurement-spec.js';
import { fontFiles } from '../report/fonts.js';
import type { FigureTarget } from './measure-figure-target.js';
import type { MeasuredTrials } from './measured-trials.js';

/**
 * Draws a measurement of some networks and says where. @throws UserError if nothing in it is finite, or the file cannot
 * be written
 */
export async function writeFigure(
  { path, format, measure }: FigureTarget,
  result: MeasurementResult,
  { trials, labels }: Pick<MeasuredTrials, 'trials' | 'labels'>,
): Promise<void> {
  const of = labels.length > 2 ? counted(labels.length, 'network') : labels.join(' and ');
  const spec = measurementFigure(measure, result, { of, loss: trials[0]!.spec.loss });
  const svg = format === 'json' ? '' : await renderSvg(spec);
  const content = { svg: () => svg, png: () => renderPng(svg, fontFiles()), json: () => `${JSON.stringify(spec)}\n` };
  try {
    writeFileSync(path, content[format]());
  } catch (error) {
    throw new UserError(`--figure ${path}: expected a file that can be written, got ${codeOf(error)}`);
  }
  process.stderr.write(`figure: ${path}\n`);
}
