import { existsSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { UserError } from '../../base/errors.js';
import { type FiguredMeasure, isFigured } from '../../report/drawing/figured-readings.js';
import type { MeasureName } from '../../tasks/measurement-spec.js';

const formats = ['svg', 'png', 'json'] as const;

/** Where a figure goes, as what, and what it is of. */
export interface FigureTarget {
  readonly path: string;
  readonly format: (typeof formats)[number];
  readonly measure: FiguredMeasure;
}

/**
 * What `--figure FILE` asks for. It is checked before a measurement is taken, which may be long.
 * @throws UserError if the ending is none that can be written, the folder is missing, or the measure is numbers alone
 */
export function figureTarget(file: string, name: MeasureName, word: string): FigureTarget {
  const format = formats.find((known) => extname(file).toLowerCase() === `.${known}`);
  if (format === undefined) {
    throw new UserError(`--figure: expected a file that ends in .svg, .png or .json, got ${JSON.stringify(file)}`);
  }
  if (!isFigured(name)) {
    throw new UserError(
      `--figure: expected a measure with something to draw, got ${word}, which is numbers alone; leave --figure out`,
    );
  }
  const path = resolve(file);
  if (!existsSync(dirname(path))) {
    throw new UserError(
      `--figure: expected a file in a folder that exists, got ${JSON.stringify(file)}; make the folder first`,
    );
  }
  return { path, format, measure: name };
}
