import { protocolIds } from '../../study/names.js';
import type { Judgement } from '../../verdicts/index.js';
import type { Section } from '../page/sections.js';
import type { TextTable } from './csv.js';
import { protocolName } from './tables.js';
import { shortText, verdictWords } from './verdict-rows.js';

/** Every claim in a line, with its verdict under each protocol that judges one. */
export function verdictTable(sections: readonly Section[]): TextTable {
  const rows = sections.flatMap(({ experiment, claims }) => claims.map((row) => ({ experiment, ...row })));
  const protocols = protocolIds.filter((id) => rows.some(({ claim }) => claim.tests[id]));
  return {
    columns: ['section', 'the report says', ...protocols.map(protocolName)],
    rows: rows.map(({ experiment, claim, judgements }) => [
      experiment.section,
      claim.statement,
      ...protocols.map((id) => verdictCell(judgements[protocolIds.indexOf(id)])),
    ]),
  };
}

function verdictCell(judgement: Judgement | undefined): string {
  if (judgement === undefined) return '–';
  const { verdict, miniature } = judgement;
  return `**${verdictWords[verdict]}**${miniature ? ' (miniature)' : ''} ${shortText(judgement)}`.trimEnd();
}

/** Every test of every verdict in full precision, for programs. */
export function verdictData(sections: readonly Section[]): TextTable {
  const number = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return {
    columns: [
      'claim',
      'experiment',
      'protocol',
      'verdict',
      'miniature',
      'count',
      'missing',
      'p',
      'test',
      'expected',
      'effect',
      'low',
      'high',
      'note',
    ],
    rows: sections.flatMap(({ experiment, claims }) =>
      claims.flatMap(({ claim, judgements }) =>
        judgements.flatMap((judgement) =>
          (judgement?.tests ?? []).map(({ label, expected, effect, note }) => [
            claim.id,
            experiment.id,
            judgement!.protocol,
            judgement!.verdict,
            String(judgement!.miniature),
            String(judgement!.count),
            String(judgement!.missing),
            String(judgement!.pValue),
            label,
            expected,
            number(effect?.estimate),
            number(effect?.low),
            number(effect?.high),
            note,
          ]),
        ),
      ),
    ),
  };
}
