import type { KindSpec } from '../base/fields.js';
import { criticalPoint } from './critical-point.js';
import { curvature } from './curvature.js';
import { gridError } from './grid-error.js';
import { hessian } from './hessian.js';
import { hits } from './hits.js';
import { interpolation } from './interpolation.js';
import type { Measurement } from './measurement.js';
import { minimalRatioAsCoded } from './minimal-ratio-as-coded.js';
import { predictions } from './predictions.js';
import { sensitivity } from './sensitivity.js';
import { sharpness } from './sharpness.js';
import { spectrum } from './spectrum.js';
import { surface } from './surface.js';
import { trajectory } from './trajectory.js';
import { weightPath } from './weight-path.js';

/** Every measurement that a spec can name. */
export const measurements = [
  interpolation,
  trajectory,
  sharpness,
  curvature,
  sensitivity,
  gridError,
  predictions,
  hits,
  criticalPoint,
  minimalRatioAsCoded,
  hessian,
  spectrum,
  weightPath,
  surface,
] as const;

/** What is measured, of which fields. */
export type MeasureSpec = KindSpec<(typeof measurements)[number], 'name'>;

export type MeasureName = MeasureSpec['name'];

/** The definition that a measurement's spec names. */
export const measurementOf = ({ name }: Pick<MeasureSpec, 'name'>): Measurement =>
  measurements.find(({ kind }) => kind === name) as Measurement;
