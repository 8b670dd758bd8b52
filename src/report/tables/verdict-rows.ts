import type { Claim } from '../../study/claim.js';
import type { Experiment } from '../../study/experiment.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import { estimateText, type Glimpse, noTestVerdict, type Verdict } from '../../verdicts/index.js';

/**
 * A claim with its verdict under each protocol, in the order of `protocolIds`, and what the runs that are shown show of
 * it; undefined where the protocol does not judge it, or was not run.
 */
export interface ClaimRow {
  readonly claim: Claim;
  readonly verdicts: readonly (Verdict | undefined)[];
  readonly glimpses: readonly (Glimpse | undefined)[];
}

/** The claims of an experiment with their verdicts: those that are known, else that there can be none. */
export function claimRows(
  { claims }: Experiment,
  verdicts: readonly Verdict[],
  glimpses: readonly Glimpse[],
): readonly ClaimRow[] {
  const under = <T extends { readonly claim: Claim; readonly protocol: ProtocolId }>(
    list: readonly T[],
    claim: Claim,
    protocol: ProtocolId,
  ): T | undefined => list.find((one) => one.claim.id === claim.id && one.protocol === protocol);
  const verdictOn = (claim: Claim, protocol: ProtocolId): Verdict | undefined => {
    const judged = claim.judged[protocol];
    if (judged !== undefined && 'noTest' in judged) return noTestVerdict(claim, protocol, judged.noTest);
    return under(verdicts, claim, protocol);
  };
  return claims.map((claim) => ({
    claim,
    verdicts: protocolIds.map((protocol) => verdictOn(claim, protocol)),
    glimpses: protocolIds.map((protocol) => under(glimpses, claim, protocol)),
  }));
}

/** What a glimpse shows, in a few words: `2.7 in 20 seeds, not judged`. */
export function glimpseText({ parts, miniature }: Glimpse): string {
  const [first] = parts;
  if (first === undefined || first.n === 0) return '';
  const seeds = `${first.n} ${first.test.kind === 'gamma' ? 'pairs' : first.n === 1 ? 'seed' : 'seeds'}`;
  return `${miniature ? 'miniature: ' : ''}${estimateText(first.test, first.estimate)} in ${seeds}, not judged`;
}
