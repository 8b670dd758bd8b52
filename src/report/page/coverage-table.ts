import type { CoverageCount, CoverageModel } from '../model/page-model.js';
import type { TextTable } from '../tables/csv.js';

/** What the counts are of, in a sentence. */
export const coverageWords = ({ total }: CoverageModel): string =>
  `The original, its figures and its notebooks state ${total.items} things, of ${total.values} values: ` +
  `numbers, tables, ` +
  'figures, settings, sentences. Each is in a file with ours under every protocol, its place on this page, or ' +
  'why there ' +
  'is none:';

/** Values by section and by how they stand to ours, with the sum below. */
export function coverageCounts({ standings, sections, total }: CoverageModel): TextTable {
  const used = standings.filter(({ id }) => total.standings[id]);
  const line = ({ name, items, values, standings: counts }: CoverageCount): readonly string[] => [
    name,
    String(items),
    String(values),
    ...used.map(({ id }) => String(counts[id] ?? 0)),
  ];
  return {
    columns: ['section', 'items', 'values', ...used.map(({ word }) => word)],
    rows: [...sections.map(line), line({ ...total, name: 'all' })],
  };
}
