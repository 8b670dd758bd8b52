import type { TextTable } from '../tables/csv.js';
import type { ClaimModel, PageModel, PartModel, VerdictCell } from '../model/page-model.js';

/**
 * Every claim of the original in a line, with its verdict under each protocol and, under the statement, what is
 * measured and what would bear it out; companions are left to the page. For Markdown: outcomes are bold.
 */
export function claimTable({ sections, protocols }: Pick<PageModel, 'sections' | 'protocols'>): TextTable {
  return {
    columns: ['section', 'the original says; what is measured', ...protocols.map(({ word }) => word)],
    rows: sections.flatMap(({ name, claims }) =>
      claims
        .filter(({ companionOf }) => companionOf === undefined)
        .map((claim) => [name, statementText(claim), ...protocols.map(({ id }) => cellText(claim.cells[id]))]),
    ),
  };
}

function statementText({ statement, cells }: ClaimModel): string {
  const tests = Object.values(cells).flatMap(({ parts }) => parts.map(testText));
  return [statement, ...[...new Set(tests)].map((test) => `<sub>${test}</sub>`)].join('<br>');
}

const testText = ({ label, expected }: PartModel): string => `${label}; claimed: ${expected}`;

function cellText({ outcome, word, words, parts }: VerdictCell): string {
  if (outcome === 'notClaimed') return 'not claimed';
  const found = parts.length > 1 ? parts.map(partText).join('; ') : words;
  return `**${word}**${found === '' ? '' : ` ${found}`}`;
}

const partText = ({ label, word, effect }: PartModel): string => `${label} ${effect}: ${word}`.replace(/\s+/g, ' ');
