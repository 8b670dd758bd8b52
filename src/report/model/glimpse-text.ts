import type { Glimpse, GlimpsePart } from '../../verdicts/index.js';
import type { GlimpseModel } from './page-model.js';
import { estimateText, unitsText } from './verdict-words.js';

const sideWords: Readonly<Record<GlimpsePart['side'], string>> = {
  stands: 'as claimed',
  falls: 'the other way',
  fallsShort: 'short of the margin',
  open: 'on neither side',
};

/** What a run that does not judge shows of a claim: which way its numbers point, and from how many seeds. */
export function glimpseText({ miniature, parts }: Glimpse): GlimpseModel {
  return { isMiniature: miniature, text: parts.map((part) => partText(part, parts.length > 1)).join('; ') };
}

/** Where a run was not asked for what is judged, nothing is known of it. */
const isUnknown = ({ low, high }: NonNullable<GlimpsePart['estimate']>): boolean =>
  low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY;

function partText({ test, estimate, side, n }: GlimpsePart, amongSeveral: boolean): string {
  const name = amongSeveral ? `${test.label}, ` : '';
  if (estimate === undefined || isUnknown(estimate)) return `${name}no number`;
  return `${name}${sideWords[side]}: ${estimateText(test, estimate)} from ${unitsText({ test, n })}`;
}
