import { canonical } from '../base/complete.js';
import { measurementOf } from '../measurements/index.js';
import type { MeasurementSpec, MeasureSpec } from './measurement-spec.js';

/** A measurement without anything that equals its default: what its id is made of. */
export function canonicalMeasurement({ measure, ...rest }: MeasurementSpec): MeasurementSpec {
  const { name, ...fields } = measure;
  return { ...rest, measure: { name, ...canonical(measurementOf(measure).fields, fields) } as MeasureSpec };
}
