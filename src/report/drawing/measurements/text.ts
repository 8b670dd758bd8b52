import type { MeasurementResult } from '../../../tasks/measurement-spec.js';
import { none } from '../../tables/format.js';

/** What a figure of a measurement shows. */
export interface MeasuredNetwork extends MeasurementResult {
  /** Unit of the loss, as an axis says it. */
  readonly lossUnit: string;
}

/** A number with three digits, in a figure's subtitle. */
export const valueText = (value: number | null | undefined): string =>
  value === null || value === undefined ? none : String(Number(value.toPrecision(3))).replace(/^-/, '−');

/** A share as per cent with three digits. */
export const percentText = (share: number | null | undefined): string =>
  share === null || share === undefined ? none : `${valueText(100 * share)} %`;
