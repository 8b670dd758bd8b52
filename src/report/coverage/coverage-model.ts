import { groupBy } from '../../base/group-by.js';
import { type Reason, reasons } from '../../original/index.js';
import type { BeyondModel, CoverageCount, CoverageModel, SectionModel } from '../model/page-model.js';
import type { TextTable } from '../tables/csv.js';
import { type Standing, standings } from './agreement.js';
import { type CoverageRow, columnName, columnText, coverageTable } from './coverage-rows.js';
import { columns, settingsPlace } from './ours.js';

/** The file of all rows, beside the page. */
export const coverageFile = 'coverage.csv';

/** How much of what the original states has ours beside it, by section and by reason. */
export function coverageModel(rows: readonly CoverageRow[]): CoverageModel {
  const names = [...new Set(rows.map(({ item }) => item.section))];
  return {
    file: coverageFile,
    beyond: beyondOf(rows.filter(({ standing }) => standing === 'beyond')),
    table: coverageTable(rows),
    total: countOf('all', rows),
    sections: names.map((name) =>
      countOf(
        name,
        rows.filter(({ item }) => item.section === name),
      ),
    ),
    standings: keysOf<Standing>(standings).map((id) => ({ id, word: id, meaning: standings[id] })),
    reasons: keysOf<Reason>(reasons).map((id) => ({
      id,
      word: id,
      meaning: reasons[id],
      count: rows.filter(({ reason }) => reason === id).length,
    })),
  };
}

/** Values of one item of which the same is known are one. */
const beyondOf = (rows: readonly CoverageRow[]): readonly BeyondModel[] =>
  [...groupBy(rows, ({ item, evidence }) => `${item.id} ${evidence}`).values()].map((group) => ({
    section: group[0]!.item.section,
    what: group[0]!.item.what,
    values: group.map(({ part, agreement }) => ({ name: part.name, reported: part.value, agreement })),
    evidence: group[0]!.evidence,
    place: group[0]!.place,
  }));

/** What is stated, in words. */
const nameOf = ({ item, part }: CoverageRow): string => [item.what, part.name].filter((text) => text !== '').join(': ');

const keysOf = <K extends string>(record: Readonly<Record<K, string>>): readonly K[] => Object.keys(record) as K[];

function countOf(name: string, rows: readonly CoverageRow[]): CoverageCount {
  const counts = new Map<Standing, number>();
  for (const { standing } of rows) counts.set(standing, (counts.get(standing) ?? 0) + 1);
  return {
    name,
    items: new Set(rows.map(({ item }) => item.id)).size,
    values: rows.length,
    standings: Object.fromEntries(counts),
  };
}

/** The settings of a section beside ours, as its page shows them; undefined without any. */
export function settingsTable(rows: readonly CoverageRow[], section: Pick<SectionModel, 'id'>): TextTable | undefined {
  const own = rows.filter(({ place }) => place === settingsPlace(section));
  if (own.length === 0) return undefined;
  const used = columns.filter((column) => own.some((row) => row.cells.has(column)));
  return {
    columns: ['setting', 'stated in', 'original', ...used.map(columnName)],
    rows: own.map((row) => [
      nameOf(row),
      row.item.source,
      row.part.value,
      ...used.map((column) => columnText(row, column)),
    ]),
  };
}
