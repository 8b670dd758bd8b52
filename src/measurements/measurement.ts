import type { CompleteOf, Fields, Kind, SpecOf } from '../base/fields.js';
import type { Mnist } from '../data/index.js';
import type { DataSpec } from '../data/sources/index.js';
import type { ModelSpec } from '../engine/model-spec.js';
import type { TrainedNetwork } from './trained-network.js';

/** What a measurement works with: its own spec, every default written out, and what it is taken of. */
export interface MeasureContext<Measure> {
  readonly measure: Measure;
  /** In the order of the spec. */
  readonly networks: readonly TrainedNetwork[];
  readonly seed: number;
  readonly loadMnist: () => Promise<Mnist>;
  /** Receives the share done, in (0, 1]; may throw to end it. */
  readonly onProgress: (share: number) => void;
}

/** Numbers by name and columns by name, before those that are not finite become null. */
export interface RawResult {
  readonly values?: Readonly<Record<string, number>>;
  readonly columns?: Readonly<Record<string, ArrayLike<number>>>;
}

/** What is known of a trained network before it is trained. */
export interface Subject {
  readonly parameters: number;
  /** Multiplications of one sample's way through it. */
  readonly forward: number;
  /** Samples to train on, and to test on. */
  readonly train: number;
  readonly test: number;
  /** How many snapshots of its parameters are kept while it trains. */
  readonly snapshots: number;
}

/**
 * What takes a measurement's time, in passes of the network that it is taken of, and in multiplications of float64
 * code.
 */
export interface MeasureWork {
  /** Samples whose gradient is taken. */
  readonly gradients?: number;
  /** Samples that only go forward. */
  readonly evaluated?: number;
  readonly multiplications?: number;
}

/** A field of a measurement as an option of the command line, where it may be left out. */
export interface MeasureOption<T = unknown> {
  /** Default: the field's name. */
  readonly flag?: string;
  /** What it stands for when it is left out. Default: the field's own default. */
  readonly unset?: T;
  /** `unset` in words, where it is no plain value. */
  readonly unsetText?: string;
}

/** How the command line calls a measurement, and which of its fields are options there. */
export interface MeasureCommand<F extends Fields> {
  readonly word: string;
  readonly options: { readonly [N in keyof F]?: MeasureOption<CompleteOf<F>[N & keyof CompleteOf<F>]> };
}

/** One kind of measurement: all that is said of it anywhere is derived from here. */
export interface Measurement<N extends string = string, F extends Fields = Fields> extends Kind<N, F> {
  /** Of how many trained networks it is: at least, at most. */
  readonly of: readonly [number, number];
  /** Raised whenever its code changes a result. Default 1. */
  readonly revision?: number;
  /** The revision of one spec, where a change left the results of some as they were. Default: `revision`. */
  revisionFor?(measure: CompleteOf<F>): number;
  /** Absent where the command line has none. */
  readonly command?: MeasureCommand<F>;
  /** The network that it trains by itself, of a measurement that is of none. */
  trains?(measure: SpecOf<F>): { readonly model: ModelSpec; readonly data: DataSpec };
  work(measure: CompleteOf<F>, subjects: readonly Subject[]): MeasureWork;
  /** Float64 numbers that it keeps at once, where they are many. */
  numbers?(measure: CompleteOf<F>, subjects: readonly Subject[]): number;
  /** Takes it. Loaded when it is called: what is known of measurements needs neither kernels nor methods. */
  run(context: MeasureContext<CompleteOf<F>>): Promise<RawResult>;
}

/** Defines a measurement. Its `kind` is the `name` of its spec. */
export function defineMeasurement<const N extends string, F extends Fields>({
  name,
  ...definition
}: Omit<Measurement<N, F>, 'kind'> & { readonly name: N; readonly fields: F }): Measurement<N, F> {
  return { kind: name, ...definition } as Measurement<N, F>;
}

/** A product with the Hessian costs as much as so many gradients. */
export const gradientsPerProduct = 3;

/** Multiplications by parameter of keeping the vectors of two Krylov spaces orthogonal, each twice over. */
export const krylovWork = (products: number): number => 4 * products ** 2;

/** Multiplications of a whole Hessian and of all its eigenvalues. */
export const hessianWork = ({ parameters: p, forward, train }: Subject): number =>
  6 * p * forward * train + 1.4 * p ** 3;

/** Numbers of a Hessian, of what it is decomposed in, and of its eigenvectors. */
export const hessianNumbers = ({ parameters }: Subject): number => 3 * parameters ** 2;

/** Multiplications of the products of all pairs of snapshots. */
export function pairsWork(subjects: readonly Subject[]): number {
  const rows = subjects.reduce((sum, { snapshots }) => sum + snapshots, 0);
  return (rows ** 2 * (subjects[0]?.parameters ?? 0)) / 2;
}
