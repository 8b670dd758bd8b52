import type { Glimpse, GlimpsePart } from '../../verdicts/index.js';
import type { GlimpseModel } from './page-model.js';
import { shownNumber, unitsText } from './verdict-words.js';

const sideWords: Readonly<Record<GlimpsePart['side'], string>> = {
  stands: 'as claimed',
  falls: 'the other way',
  fallsShort: 'short of the margin',
  open: 'on neither side',
};

/** What a run that does not judge shows of a claim: which way its numbers point, and from how many seeds. */
export function glimpseText({ miniature, parts }: Glimpse): GlimpseModel {
  return { isMiniature: miniature, text: parts.map(partText).join('; ') };
}

function partText({ test, estimate, side, n }: GlimpsePart): string {
  if (estimate === undefined) return 'no number';
  return `${sideWords[side]}: ${shownNumber(test, estimate.low)} from ${unitsText({ test, n })}`;
}
