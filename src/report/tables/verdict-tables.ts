import type { ClaimModel, PageModel, PartModel } from '../model/page-model.js';
import type { TextTable } from './csv.js';

/** Every part of every verdict for programs, a line each; infinite ends are written as `inf` and `-inf`. */
export const verdictData = ({ sections }: PageModel): TextTable => ({
  columns: [
    'experiment',
    'claim',
    'companion of',
    'protocol',
    'verdict',
    'part',
    'outcome',
    'expected',
    'units',
    'low',
    'high',
    'found',
    'place',
    'hash',
  ],
  rows: sections.flatMap(({ id, claims }) => claims.flatMap((claim) => claimRows(id, claim))),
});

function claimRows(experiment: string, { id, companionOf = '', cells }: ClaimModel): readonly (readonly string[])[] {
  return Object.entries(cells).flatMap(([protocol, { outcome, parts }]) => {
    const first = [experiment, id, companionOf, protocol, outcome];
    if (outcome === 'notClaimed') return [];
    return parts.length === 0
      ? [[...first, ...Array<string>(9).fill('')]]
      : parts.map((part) => [...first, ...row(part)]);
  });
}

const row = ({ label, outcome, expected, n, low, high, effect, place, hash }: PartModel): readonly string[] => [
  label,
  outcome,
  expected,
  String(n),
  n === 0 ? '' : String(low ?? '-inf'),
  n === 0 ? '' : String(high ?? 'inf'),
  effect,
  String(place ?? ''),
  hash ?? '',
];
