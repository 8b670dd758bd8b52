import { canonicalData, withoutLayerDefaults } from './defaults.js';
import type { MeasurementSpec, MeasureSpec, MinimalRatioBugs } from './measurement-spec.js';
import { without } from './no-effect.js';

type Of<N extends MeasureSpec['name']> = Extract<MeasureSpec, { name: N }>;

/** What a measure's absent fields stand for; what has no entry has no default. */
export const measureDefaults = {
  trajectory: { rows: 'centred' },
  criticalPoint: { learningRate: 0.001, method: 'dampedNewton', attempts: 10, tolerance: 1e-8 },
  minimalRatioAsCoded: { learningRate: 0.0004 },
  surface: { plane: 'random' },
} as const satisfies { readonly [N in MeasureSpec['name']]?: Partial<Of<N>> };

/** All bugs of section 1.2.3's code, as that code has them. */
export const allBugs: Required<MinimalRatioBugs> = {
  stepOnWrongGradient: true,
  gaussNewtonByLayer: true,
  accumulateOverEpochs: true,
  meanOfWeightNorms: true,
};

/** A measurement without anything that equals its default: what its id is made of. */
export function canonicalMeasurement({ measure, ...rest }: MeasurementSpec): MeasurementSpec {
  return { ...rest, measure: canonicalMeasure(measure) };
}

function canonicalMeasure(measure: MeasureSpec): MeasureSpec {
  switch (measure.name) {
    case 'trajectory':
      return without(measure, measureDefaults.trajectory);
    case 'surface':
      return without(measure, measureDefaults.surface);
    case 'criticalPoint': {
      const { model, data } = measure;
      return {
        ...without(measure, measureDefaults.criticalPoint),
        model: withoutLayerDefaults(model),
        data: canonicalData(data),
      };
    }
    case 'minimalRatioAsCoded': {
      const { bugs: given = {}, ...rest } = without(measure, measureDefaults.minimalRatioAsCoded);
      const bugs = without(given, allBugs);
      return { ...rest, ...(Object.keys(bugs).length > 0 && { bugs }) };
    }
    default:
      return measure;
  }
}
