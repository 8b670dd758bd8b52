import type { ClaimModel, PageModel, PartModel, VerdictCell } from '../model/page-model.js';
import type { TextTable } from '../tables/csv.js';

/**
 * Every claim of the original in a line, with its verdict under each protocol and, under the statement, what is
 * measured and what would bear it out; companions are left to the page. For Markdown: outcomes are bold.
 */
export function claimTable({ sections, protocols }: Pick<PageModel, 'sections' | 'protocols'>): TextTable {
  return {
    columns: [
      'section',
      'the original says; what is measured; what would bear it out',
      ...protocols.map(({ word }) => word),
    ],
    rows: sections.flatMap(({ name, claims }) =>
      claims
        .filter(({ companionOf }) => companionOf === undefined)
        .map((claim) => [name, statementText(claim), ...protocols.map(({ id }) => cellText(claim.cells[id]))]),
    ),
  };
}

/** The statement, what is measured, and every bound that it is held against. */
function statementText({ statement, metric, cells }: ClaimModel): string {
  const bounds = new Set(Object.values(cells).flatMap(({ parts }) => parts.map(({ expected }) => expected)));
  const claimed = bounds.size === 0 ? '' : `; claimed: ${[...bounds].join('; ')}`;
  return `${statement}<br><sub>${metric}${claimed}</sub>`;
}

function cellText({ outcome, word, words, needs, parts }: VerdictCell): string {
  if (outcome === 'notClaimed') return 'not claimed';
  const isJoint = parts.length > 1 && outcome !== 'notRun';
  const found = isJoint ? [...parts.map(partText), needs ?? []].flat().join('; ') : words;
  return `**${word}**${found === '' ? '' : `: ${found}`}`;
}

const partText = ({ label, word, effect, units }: PartModel): string =>
  effect === '' ? `${label}: ${word}` : `${label} ${effect} from ${units}: ${word}`;
