import { counted } from '../../base/counted.js';
import type { SectionDraft } from '../../report/model/section-draft.js';
import { jointSign, signText, signWords } from '../../report/tables/signs.js';
import type { Claim } from '../../study/claim.js';
import { expectation } from '../../study/expectation.js';
import type { Experiment } from '../../study/experiment.js';
import { estimateText, type Glimpse } from '../../verdicts/index.js';
import { wrapped } from '../text.js';

/**
 * What came of a section, as soon as it is known: each of its claims, which way the numbers point, and the first of
 * them.
 */
export function outcomeLines(draft: SectionDraft): readonly string[] {
  const { experiment } = draft;
  return [
    ...wrapped(experiment.title, { lead: sectionLead(experiment), hanging: 7 }),
    ...ownClaims(experiment).flatMap((claim) => {
      const own = glimpsesOf(draft, claim);
      if (own.length === 0) return [];
      const answer = `${capital(signText(own))}. ${numberText(own)}`.trimEnd();
      return [
        ...wrapped(claim.statement, { lead: '       The original: ', hanging: 7 }),
        ...wrapped(answer, { lead: '       -> ', hanging: 10 }),
      ];
    }),
  ];
}

/**
 * A section in the words of the end: its first claim, what the miniature shows of it, and how its other claims went.
 */
export function summaryLines(draft: SectionDraft): readonly string[] {
  const { experiment } = draft;
  const [first, ...others] = ownClaims(experiment).filter((claim) => glimpsesOf(draft, claim).length > 0);
  const text = first
    ? `${first.statement} -> ${capital(signText(glimpsesOf(draft, first)))}. ${othersText(draft, others)}`
    : `${experiment.title}: nothing is claimed.`;
  return wrapped(text.trimEnd(), { lead: sectionLead(experiment), hanging: 7 });
}

/** What the original claims; companions are questions of ours. */
const ownClaims = ({ claims }: Experiment): readonly Claim[] =>
  claims.filter(({ companionOf }) => companionOf === undefined);

const sectionLead = ({ section }: Experiment): string => section.padEnd(7);

const glimpsesOf = ({ glimpses }: SectionDraft, claim: Claim): readonly Glimpse[] =>
  glimpses.filter((one) => one.claim === claim);

/** The number of the test that is looked at first, under the protocol that judges last. */
function numberText(glimpses: readonly Glimpse[]): string {
  const part = glimpses.at(-1)?.parts.find(({ estimate }) => estimate !== undefined);
  if (part === undefined) return '';
  const { test, estimate } = part;
  return `${capital(test.label)}: ${estimateText(test, estimate)}, expected ${expectation(test)}.`;
}

/** `2 more claims: 1 here too, 1 in part.` */
function othersText(draft: SectionDraft, others: readonly Claim[]): string {
  if (others.length === 0) return '';
  const signs = others.map((claim) => jointSign(glimpsesOf(draft, claim)));
  const counts = [...new Set(signs)].map((sign) => `${signs.filter((one) => one === sign).length} ${signWords[sign]}`);
  return `${counted(others.length, 'more claim')}: ${counts.join(', ')}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
