import { expectation } from '../../study/expectation.js';
import { protocolIds } from '../../study/names.js';
import { outcomeWords, type PartVerdict, type Verdict } from '../../verdicts/index.js';
import type { Section } from '../page/sections.js';
import type { TextTable } from './csv.js';
import { protocolName } from './tables.js';
import { type ClaimRow, glimpseText, shortText } from './verdict-rows.js';

/** Every claim in a line, with its verdict under each protocol that judges one. */
export function verdictTable(sections: readonly Section[]): TextTable {
  const rows = sections.flatMap(({ experiment, claims }) => claims.map((row) => ({ experiment, row })));
  const protocols = protocolIds.filter((id) => rows.some(({ row }) => row.claim.judged[id]));
  return {
    columns: ['section', 'the report says', ...protocols.map(protocolName)],
    rows: rows.map(({ experiment, row }) => [
      experiment.section,
      row.claim.statement,
      ...protocols.map((id) => verdictCell(row, protocolIds.indexOf(id))),
    ]),
  };
}

function verdictCell({ claim, verdicts, glimpses }: ClaimRow, place: number): string {
  const [verdict, glimpse] = [verdicts[place], glimpses[place]];
  if (claim.judged[protocolIds[place]!] === undefined) return '–';
  const outcome = verdict?.outcome ?? 'notRun';
  const short = verdict === undefined ? '' : shortText(verdict);
  const text = short === '' && glimpse !== undefined ? glimpseText(glimpse) : short;
  return `**${outcomeWords[outcome]}** ${text}`.trimEnd();
}

const columns = ['claim', 'experiment', 'protocol', 'verdict', 'part', 'outcome', 'place', 'hash', 'expected'] as const;

/** Every part of every verdict in full precision, for programs. */
export function verdictData(sections: readonly Section[]): TextTable {
  const number = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const line = (experiment: string, { claim, protocol, outcome }: Verdict, part: PartVerdict): readonly string[] => [
    ...[claim.id, experiment, protocol, outcome, part.test.label, part.outcome],
    ...[number(part.place), part.hash ?? '', expectation(part.test), String(part.n), String(part.leftOut)],
    ...[number(part.estimate?.low), number(part.estimate?.high), String(part.range.low), String(part.range.high)],
  ];
  return {
    columns: [...columns, 'units', 'left out', 'estimate low', 'estimate high', 'low', 'high'],
    rows: sections.flatMap(({ experiment, claims }) =>
      claims.flatMap(({ verdicts }) =>
        verdicts.flatMap((verdict) => verdict?.parts.map((part) => line(experiment.id, verdict, part)) ?? []),
      ),
    ),
  };
}
