import { UserError } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { evenGrid } from '../../measures/landscape/grid.js';
import { type MeasureSpec, type SurfacePlaneName, surfacePlanes } from '../../tasks/measurement-spec.js';

/** Options of measures, as the command line has them. */
export interface MeasureOptions {
  readonly samples?: number;
  readonly alphas?: string;
  readonly points?: number;
  readonly span?: string;
  readonly plane?: string;
  readonly epsilon?: string;
  readonly tolerance?: string;
  readonly products?: number;
  readonly probes?: number;
  readonly components?: number;
}

interface Maker {
  /** Options that it looks at. */
  readonly options: readonly (keyof MeasureOptions)[];
  readonly make: (options: MeasureOptions) => MeasureSpec;
}

const makers = {
  hessian: {
    options: ['tolerance'],
    make: ({ tolerance }) => ({
      name: 'hessian',
      ...(tolerance !== undefined && { tolerance: parseNumber('--tolerance', tolerance) }),
    }),
  },
  spectrum: {
    options: ['samples', 'probes', 'products'],
    make: ({ samples = 1000, probes = 10, products = 80 }) => ({ name: 'spectrum', samples, probes, steps: products }),
  },
  curvature: {
    options: ['samples', 'products'],
    make: ({ samples = 1000, products = 100 }) => ({ name: 'curvature', samples, products }),
  },
  surface: {
    options: ['samples', 'points', 'span', 'plane'],
    make: ({ samples = 1000, points = 21, span = '1', plane }) => ({
      name: 'surface',
      samples,
      points,
      span: parseNumber('--span', span),
      ...(plane !== undefined && { plane: parsePlane(plane) }),
    }),
  },
  interpolate: {
    options: ['alphas'],
    make: ({ alphas }) => ({
      name: 'interpolation',
      alphas:
        alphas === undefined ? evenGrid(-1, 2, 31) : alphas.split(',').map((text) => parseNumber('--alphas', text)),
    }),
  },
  sensitivity: { options: ['samples'], make: ({ samples = 1000 }) => ({ name: 'sensitivity', samples }) },
  sharpness: {
    options: ['samples', 'epsilon'],
    make: ({ samples = 1000, epsilon = '0.001' }) => ({
      name: 'sharpness',
      samples,
      epsilon: parseNumber('--epsilon', epsilon),
    }),
  },
  trajectory: { options: ['components'], make: ({ components = 2 }) => ({ name: 'trajectory', components }) },
  predictions: { options: [], make: () => ({ name: 'predictions' }) },
  gridError: { options: ['points'], make: ({ points = 10_000 }) => ({ name: 'gridError', points }) },
} satisfies Record<string, Maker>;

/** What the command line calls a measure. */
export type MeasureWord = keyof typeof makers;

const words = Object.keys(makers) as MeasureWord[];
const everyOption = [...new Set(words.flatMap((word): readonly (keyof MeasureOptions)[] => makers[word].options))];

/**
 * The one word among the arguments that names a measure.
 * @throws UserError if there is none, or more than one
 */
export function measureWord(args: readonly string[]): MeasureWord {
  const found = words.filter((word) => args.includes(word));
  if (found.length === 1) return found[0]!;
  const hint = found.length === 0 ? didYouMean(args.at(-1) ?? '', words) : '';
  const got = found.length === 0 ? 'none' : found.join(' and ');
  throw new UserError(`measure: expected one of ${words.join(', ')}, got ${got}${hint}`);
}

/**
 * The measure that a word and the options stand for.
 * @throws UserError if an option is another measure's, which would have no effect, or is not a number
 */
export function measureOf(word: MeasureWord, options: MeasureOptions): MeasureSpec {
  const { options: own, make }: Maker = makers[word];
  const foreign = everyOption.find((name) => options[name] !== undefined && !own.includes(name));
  if (foreign !== undefined) {
    const known = own.length === 0 ? 'no option of its own' : own.map((name) => `--${name}`).join(', ');
    throw new UserError(`--${foreign}: expected an option of ${word} (${known}), got one of other measures`);
  }
  return make(options);
}

function parseNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UserError(`${option}: expected a number, got ${JSON.stringify(text)}`);
  }
  return value;
}

function parsePlane(text: string): SurfacePlaneName {
  const plane = surfacePlanes.find((name) => name === text);
  if (plane !== undefined) return plane;
  const hint = didYouMean(text, surfacePlanes);
  throw new UserError(`--plane: expected ${surfacePlanes.join(' or ')}, got ${JSON.stringify(text)}${hint}`);
}
