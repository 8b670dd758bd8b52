import { canonicalJson } from '../../base/canonical-json.js';
import { SpecError } from '../../base/errors.js';
import { sha256Hex } from '../../base/sha256.js';
import type { Claim, ClaimTest } from '../../study/claim.js';
import { type Experiment, type Preset, type Protocol, protocolOf } from '../../study/experiment.js';
import { judgedPreset, presetOfArms } from '../../study/judged-preset.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import { armsOf } from '../../study/term-parts.js';
import { canonicalTrial } from '../../tasks/defaults.js';
import { canonicalMeasurement } from '../../tasks/measurement-defaults.js';

/**
 * All that a verdict depends on before anything is run: what is claimed, its test, and the tasks that give its values,
 * without anything that equals its default, so that a new field of a spec moves nothing.
 */
export interface Definition {
  readonly statement: string;
  readonly metric: string;
  readonly test: ClaimTest;
  readonly unit: 'seed';
  readonly given?: string;
  readonly chosen?: string;
  readonly arms: readonly { readonly id: string; readonly spec: object; readonly follows?: readonly string[] }[];
  readonly measurements: readonly { readonly id: string; readonly measure: object; readonly of: readonly string[] }[];
}

/** A part of a claim as the code has it: what a place of the register is for. */
export interface JudgedPart {
  readonly experiment: Experiment;
  readonly protocol: Protocol;
  readonly claim: Claim;
  /** Position among the tests of the claim. */
  readonly part: number;
  readonly test: ClaimTest;
  readonly version: number;
  /** The arms that give its values. */
  readonly preset: Preset;
  readonly definition: Definition;
  /** SHA-256 of the definition's canonical JSON. */
  readonly hash: string;
}

/**
 * Every part of every claim that can be judged, in one order: by experiment, claim, protocol, part.
 * @throws SpecError if a claim names an arm that its protocol has not at the size that is judged
 */
export const judgedParts = (experiments: readonly Experiment[]): readonly JudgedPart[] =>
  experiments.flatMap((experiment) =>
    experiment.claims.flatMap((claim) => protocolIds.flatMap((id) => partsUnder(experiment, claim, id))),
  );

/**
 * The parts of one claim under one protocol; none where it is not judged.
 * @throws SpecError as `judgedParts`
 */
export function partsUnder(experiment: Experiment, claim: Claim, id: ProtocolId): readonly JudgedPart[] {
  const judged = claim.judged[id];
  if (judged === undefined || 'noTest' in judged) return [];
  const where = `${experiment.id}: claim ${claim.id}, ${id}`;
  const protocol = protocolOf(experiment, id);
  const whole = protocol && judgedPreset(protocol);
  if (protocol === undefined || whole === undefined)
    throw new SpecError(where, 'expected a protocol with a preset study or report that is no miniature, got none');
  return judged.tests.map((test, part) => {
    const preset = restricted(whole, test, where);
    const definition = definitionOf(claim, test, preset, judged.chosen);
    const hash = sha256Hex(canonicalJson(definition));
    return { experiment, protocol, claim, part, test, version: judged.version ?? 1, preset, definition, hash };
  });
}

function restricted(preset: Preset, test: ClaimTest, where: string): Preset {
  try {
    return presetOfArms(preset, armsOf(test));
  } catch (error) {
    if (error instanceof SpecError) throw new SpecError(`${where}, ${test.label}`, error.message);
    throw error;
  }
}

function definitionOf(claim: Claim, test: ClaimTest, preset: Preset, chosen: string | undefined): Definition {
  const { statement, metric, given } = claim;
  return {
    statement,
    metric,
    test,
    unit: 'seed',
    ...(given !== undefined && { given }),
    ...(chosen !== undefined && { chosen }),
    arms: preset.arms.map(({ id, spec, follows }) => {
      const { seed: _, ...own } = canonicalTrial({ ...spec, seed: 0 });
      return { id, spec: own, ...(follows?.length && { follows }) };
    }),
    measurements: preset.measurements.map(({ id, measure, of }) => ({
      id,
      measure: canonicalMeasurement({ kind: 'measurement', measure, of: [], seed: 0 }).measure,
      of,
    })),
  };
}
