import { type Answer, type Column, type Item, isWithout, type Part, type Reason } from '../../original/index.js';
import { notThere } from '../model/number-tables.js';
import type { SectionModel } from '../model/page-model.js';
import { runsOf, type SectionDraft } from '../model/section-draft.js';
import type { TextTable } from '../tables/csv.js';
import { mergedRun } from '../tables/merged-run.js';
import { protocolName } from '../tables/tables.js';
import type { Standing } from './agreement.js';
import { amongTwins, type Held } from './among-twins.js';
import { cellsOf, columns, type Ground, groundsIn, type OursCell } from './ours.js';

/** A stated value beside ours. */
export interface CoverageRow {
  readonly item: Item;
  readonly part: Part;
  readonly cells: ReadonlyMap<Column, OursCell>;
  readonly standing: Standing;
  /** How ours stands to it, a column each. */
  readonly agreement: string;
  /** Fragment of its place on the page; empty if there is none. */
  readonly place: string;
  /** Why nothing of ours stands there. */
  readonly reason?: Reason;
  /** What shows that, or what must be known. */
  readonly evidence: string;
}

/** A row for each value of each item whose experiment is shown. */
export function coverageRows(
  items: readonly Item[],
  drafts: readonly SectionDraft[],
  sections: readonly SectionModel[],
): readonly CoverageRow[] {
  const grounds = drafts.flatMap((draft, i) => groundsOf(draft, sections[i]!));
  const known = new Set(drafts.map(({ experiment }) => experiment.id));
  return items
    .filter(({ experiment }) => known.has(experiment))
    .flatMap((item) => {
      const own = groundsIn(grounds, item.experiment);
      return explained(
        item,
        item.parts.map((part) => rowOf(item, part, own)),
      );
    });
}

function groundsOf(draft: SectionDraft, section: SectionModel): readonly Ground[] {
  const { experiment } = draft;
  return experiment.protocols.map((protocol) => {
    const runs = runsOf(draft).filter((run) => run.protocol.id === protocol.id && !run.preset.miniature);
    return { experiment, section, protocol, runs, run: runs.length === 0 ? undefined : mergedRun(runs) };
  });
}

/** The rows of an item, with what is said of the cause of those that lie beyond our range. */
function explained({ cause }: Item, rows: readonly CoverageRow[]): readonly CoverageRow[] {
  if (cause === undefined) return rows;
  const held = rows.map(heldOf);
  const measured = amongTwins(held.flatMap((one) => one ?? []));
  return rows.map((row, i) => {
    if (measured === undefined || row.standing !== 'beyond' || (held[i]?.twins.length ?? 0) < 2) return row;
    return { ...row, evidence: [`${cause}, ${measuredWord} ${measured}`, row.evidence].filter(Boolean).join('; ') };
  });
}

/** What is held against twins, in the first column that has it. */
const heldOf = ({ cells }: CoverageRow): Held | undefined =>
  byWeight.flatMap((column) => {
    const cell = cells.get(column);
    return cell && 'held' in cell ? [cell.held] : [];
  })[0];

/** The columns, those that a number of the original is expected to agree with first. */
const byWeight: readonly Column[] = ['as-coded', 'as-written', 'other-version', 'as-intended'];

function rowOf(item: Item, part: Part, grounds: readonly Ground[]): CoverageRow {
  const { answer, value } = part;
  const cells = isWithout(answer)
    ? new Map<Column, OursCell>()
    : cellsOf(answer, { value, source: item.source }, grounds);
  const found = byWeight.flatMap((column) => {
    const cell = cells.get(column);
    return cell && 'text' in cell ? [{ column, ...cell }] : [];
  });
  const standing = standingOf(found);
  return {
    item,
    part,
    cells,
    standing,
    agreement: agreementText(found),
    place: found[0]?.place ?? '',
    ...reasonOf(answer, found.length > 0),
    evidence: evidenceOf(item, { answer, cells, grounds, standing }),
  };
}

type Found = readonly (Extract<OursCell, { text: string }> & { readonly column: Column })[];

const agreementText = (found: Found): string =>
  found.flatMap(({ column, agreement }) => (agreement ? [`${columnName(column)}: ${agreement.words}`] : [])).join('; ');

const order: readonly Standing[] = ['same', 'within', 'beyond', 'apart', 'other'];

/** The best that a column can say: a setting of the text may be that of one protocol alone. */
function standingOf(found: Found): Standing {
  if (found.length === 0) return 'none';
  const standings = found.flatMap(({ agreement }) => agreement?.standing ?? []);
  return order.find((standing) => standings.some((one) => one === standing)) ?? 'shown';
}

function reasonOf(answer: Answer, isFound: boolean) {
  if (isWithout(answer)) return { reason: answer.reason };
  return isFound ? {} : { reason: 'not computed' as const };
}

interface EvidenceParts {
  readonly answer: Answer;
  readonly cells: ReadonlyMap<Column, OursCell>;
  readonly grounds: readonly Ground[];
  readonly standing: Standing;
}

/** Before what was measured of why a number is beyond ours. */
export const measuredWord = 'measured:';

/** Rows beyond our range of which nothing was measured that says why: there should be none. */
export const unmeasured = (rows: readonly CoverageRow[]): readonly CoverageRow[] =>
  rows.filter(({ standing, evidence }) => standing === 'beyond' && !evidence.includes(measuredWord));

/** A disagreement with its place on the page; of a number that ours does not meet, with what was measured of it. */
function differenceText(id: string, standing: Standing, [ground]: readonly Ground[]): string {
  const own = ground?.section.disagreements.find((one) => one.id === id);
  if (own === undefined) return id;
  const measured =
    standing === 'beyond' && own.measured.length > 0 ? `, ${measuredWord} ${own.measured.join('; ')}` : '';
  return `${id} ${own.about} (#${ground!.section.id}.differences)${measured}`;
}

/** What it takes, where something that has it was not run. */
function missingWords(cells: ReadonlyMap<Column, OursCell>): readonly string[] {
  const missing = [...cells.values()].flatMap((cell) => ('missing' in cell ? [cell.missing] : []));
  return missing.length === 0 ? ['no protocol reads it yet'] : [...new Set(missing)];
}

function evidenceOf({ differences, notes }: Item, { answer, cells, grounds, standing }: EvidenceParts): string {
  const why = isWithout(answer) ? [answer.evidence] : standing === 'none' ? missingWords(cells) : [];
  return [...why, ...differences.map((id) => differenceText(id, standing, grounds)), ...notes].join('; ');
}

/** A column as it is read. */
export const columnName = (column: Column): string =>
  column === 'other-version' ? 'other versions' : protocolName(column);

/** What a column says. */
export function columnText({ cells }: CoverageRow, column: Column): string {
  const cell = cells.get(column);
  if (cell === undefined) return '';
  return 'text' in cell ? cell.text : cell.missing;
}

/** Where nothing is said: of what has nothing of ours, and where there is no other version. */
const isBare = ({ cells }: CoverageRow, column: Column): boolean => cells.size === 0 || column === 'other-version';

/** All rows as a table, for programs. */
export const coverageTable = (rows: readonly CoverageRow[]): TextTable => ({
  columns: [
    'item',
    'part',
    'section',
    'kind',
    'stated in',
    'what',
    'reported',
    ...columns.map(columnName),
    'agreement',
    'place on page',
    'reason',
    'evidence',
  ],
  rows: rows.map((row) => [
    row.item.id,
    row.part.name,
    row.item.section,
    row.item.kind,
    row.item.source,
    row.item.what,
    row.part.value,
    ...columns.map((column) => columnText(row, column) || (isBare(row, column) ? '' : notThere)),
    row.agreement,
    row.place,
    row.reason ?? '',
    row.evidence,
  ]),
});
