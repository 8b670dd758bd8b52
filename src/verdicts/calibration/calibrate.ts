import { signThreshold } from '../../base/statistics/index.js';
import { exampleOutcomes, exampleStudy } from './example.js';
import { calibrateRivals } from './failing.js';
import { calibrateFamilies } from './families.js';
import { type ForecastRow, forecasts, summaryOf } from './forecasts.js';
import { calibrateKinds, evidence } from './kinds.js';
import { bootstrapCoverage, calibratePeeking, calibrateSpeed } from './speed.js';

/** A table of the calibration, by rows; a cell without a value is left empty. */
export type Table = readonly Readonly<Record<string, string | number | undefined>>[];

/**
 * How much is simulated: studies (and families, and a fiftieth as many claims that are forecast), of how many units.
 */
export interface CalibrationSize {
  readonly studies: number;
  readonly units: number;
  readonly seed: number;
}

/** The calibration as it is published. */
export const fullSize: CalibrationSize = { studies: 10_000, units: 200, seed: 1 };

const shares = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55];

/** All tables of the calibration by name, each made when it is asked for: the judge judged, its rivals, its price. */
export const calibrationTables = (size: CalibrationSize): Readonly<Record<string, () => Table>> => ({
  kinds: () => asTable(calibrateKinds(size)),
  rivals: () => asTable(calibrateRivals(size)),
  families: () => asTable(calibrateFamilies({ ...size, families: size.studies })),
  peeking: () => asTable(calibratePeeking()),
  'bootstrap-coverage': () => asTable(bootstrapCoverage([3, 5, 7, 9, 11, 15, 21])),
  seeds: () => asTable(calibrateSpeed(shares)),
  forecasts: () => asTable(forecastsOf(size, [3, 100])),
  'forecast-summary': () => stops.map(([least, most]) => summarized(size, least, most)),
  thresholds: () => asTable(thresholds),
  outcomes: () => asTable(exampleOutcomes),
  example: () => asTable(exampleStudy(evidence.alone)),
});

/** When claims are asked how long they will take: early, late, at any time. */
const stops = [
  [3, 15],
  [16, 40],
  [41, 100],
  [3, 100],
] as const;

/** Claims of a register, asked between so many units. */
const forecastsOf = ({ studies, seed }: CalibrationSize, between: readonly [number, number]): readonly ForecastRow[] =>
  forecasts({ claims: studies / 50, evidence: evidence.registered, stops: between, seed: seed + between[0] });

const summarized = (size: CalibrationSize, least: number, most: number) => ({
  name: `${least} to ${most} seeds`,
  ...summaryOf(forecastsOf(size, [least, most])),
});

/** How many units have to lie on one side, of how many. */
const thresholds = [7, 8, 10, 12, 16, 20, 25, 30, 50, 100, 200, 500, 1000].map((units) => ({
  units,
  alone: signThreshold(units, evidence.alone),
  registered: signThreshold(units, evidence.registered),
}));

const asTable = (rows: readonly object[]): Table => rows.map((row) => ({ ...row }));
