import type { Claim, ClaimTest } from '../../study/claim.js';
import { scaleOf } from '../../study/expectation.js';
import type { Experiment } from '../../study/experiment.js';
import { type ProtocolId, protocolIds } from '../../study/names.js';
import {
  type Glimpse,
  judgeValues,
  outcomeWords,
  type PartVerdict,
  placeEvidence,
  testsOf,
  type Verdict,
  verdictOf,
} from '../../verdicts/index.js';
import { glimpseText } from './glimpse-text.js';
import type { ClaimModel, End, PartModel, SeedNumber, VerdictCell } from './page-model.js';
import {
  changeText,
  effectText,
  expectedText,
  isTooFew,
  jointNeeds,
  reasonText,
  shownNumber,
  undecided,
  unitOf,
  unitsText,
} from './verdict-words.js';
import { outcomeList } from './words.js';

/** What is known of some claims. */
interface Known {
  readonly verdicts: readonly Verdict[];
  readonly glimpses: readonly Glimpse[];
}

/** The claims of an experiment with their cells, each followed by its companions. */
export function claimModels(
  { id, claims }: Experiment,
  verdicts: readonly Verdict[],
  glimpses: readonly Glimpse[],
): readonly ClaimModel[] {
  const companions = (claim: Claim): readonly Claim[] => claims.filter((one) => one.companionOf === claim.id);
  const main = claims.filter(({ companionOf }) => !claims.some((one) => one.id === companionOf));
  return main
    .flatMap((claim) => [claim, ...companions(claim)])
    .map((claim) => claimModel(id, claim, { verdicts, glimpses }));
}

function claimModel(experiment: string, claim: Claim, known: Known): ClaimModel {
  const { id, statement, metric, companionOf, given } = claim;
  const link = `#${experiment}.${id}`;
  return {
    id,
    statement,
    metric,
    ...(companionOf !== undefined && { companionOf }),
    ...(given !== undefined && { given }),
    link,
    cells: Object.fromEntries(
      protocolIds.map((protocol) => [protocol, verdictCell(claim, protocol, link, known)] as const),
    ) as Record<ProtocolId, VerdictCell>,
  };
}

const wordOf = (id: VerdictCell['outcome']): string => outcomeList.find((one) => one.id === id)!.word;

const bare = (outcome: VerdictCell['outcome'], link: string, words = ''): VerdictCell => ({
  outcome,
  word: wordOf(outcome),
  words,
  text: words === '' ? wordOf(outcome) : `${wordOf(outcome)}: ${words}`,
  link,
  version: 1,
  parts: [],
  history: [],
});

function verdictCell(claim: Claim, protocol: ProtocolId, row: string, known: Known): VerdictCell {
  const judged = claim.judged[protocol];
  if (judged === undefined) return bare('notClaimed', row);
  const link = `${row}.${protocol}`;
  if ('noTest' in judged) return bare('noTest', link, judged.noTest);
  const isOwn = (one: { readonly claim: Claim; readonly protocol: ProtocolId }): boolean =>
    one.claim.id === claim.id && one.protocol === protocol;
  const seen = known.glimpses.find(isOwn);
  const glimpse = seen?.parts.some(({ estimate }) => estimate !== undefined) ? seen : undefined;
  const extras = {
    ...(judged.chosen !== undefined && { chosen: judged.chosen }),
    ...(judged.note !== undefined && { note: judged.note }),
    ...(glimpse && { glimpse: glimpseText(glimpse) }),
  };
  return { ...ofVerdict(known.verdicts.find(isOwn) ?? notRun(claim, protocol), link), ...extras };
}

/** The verdict on what was not run, and is not known to be registered. */
const notRun = (claim: Claim, protocol: ProtocolId): Verdict =>
  verdictOf(
    claim,
    protocol,
    testsOf(claim, protocol).map((test) => judgeValues(test, [], { evidence: placeEvidence })),
  );

function ofVerdict(verdict: Verdict, link: string): VerdictCell {
  const { outcome, text, version, registered, history } = verdict;
  return {
    outcome,
    word: wordOf(outcome),
    words: cellWords(verdict),
    ...needsOf(verdict),
    text,
    link,
    version,
    ...(registered !== undefined && { registered }),
    parts: verdict.parts.map(partModel),
    history: history.map(historyText),
  };
}

/** The effect of the part that the outcome rests on, with what else is needed to read it. */
function cellWords({ outcome, parts, text }: Verdict): string {
  const deciding = parts.find((part) => part.outcome === outcome) ?? parts[0];
  if (deciding === undefined) return text.replace(`${outcomeWords[outcome]}: `, '');
  const effect = deciding.n === 0 ? '' : `${effectText(deciding)} from ${unitsText(deciding)}`;
  return [effect, reasonText(deciding)].filter((part) => part !== '').join('; ');
}

/** What an open conjunction would take; of a single part its words have it. */
function needsOf({ outcome, parts }: Verdict): Pick<VerdictCell, 'needs' | 'isThin'> {
  if (outcome !== 'open') return {};
  const needs = parts.length > 1 ? jointNeeds(parts) : '';
  return { ...(needs !== '' && { needs }), ...(undecided(parts).every(isTooFew) && { isThin: true }) };
}

const historyText = ({ version, outcome, registered, parts }: Verdict): string => {
  const seeds = Math.max(0, ...parts.map(({ values }) => values.length));
  const when = registered === undefined ? '' : `, registered on ${registered}`;
  const was = `${outcomeWords[outcome]} after ${seeds} seeds`;
  return `Version ${version}${when}: ${was}; another version has taken its place.`;
};

const end = (x: number): End => (Number.isFinite(x) ? x : null);
const ends = (range: { readonly low: number; readonly high: number } | undefined) =>
  range === undefined ? null : ([end(range.low), end(range.high)] as const);

const seedNumber = ({ seed, x, y }: PartVerdict['values'][number], hasTwo: boolean): SeedNumber => ({
  seed,
  x: ends(x),
  ...(hasTwo && { y: ends(y) }),
});

/** The value of no effect, where it is not the margin itself. */
const noEffectOf = (test: ClaimTest): Pick<PartModel, 'noEffect'> =>
  test.kind === 'band' || test.noEffect === test.margin
    ? {}
    : { noEffect: { value: test.noEffect, text: shownNumber(test, test.noEffect) } };

function partModel(part: PartVerdict): PartModel {
  const { test, outcome, n, range, place, hash, values, shrink } = part;
  const reason = reasonText(part);
  return {
    label: test.label,
    outcome,
    word: outcomeWords[outcome],
    effect: [effectText(part), outcome === 'fallsShort' ? reason : ''].filter((text) => text !== '').join('; '),
    expected: expectedText(test),
    scale: scaleOf(test),
    unit: unitOf(test),
    margins: test.kind === 'band' ? [test.low, test.high] : [test.margin],
    ...noEffectOf(test),
    units: unitsText(part),
    n,
    low: end(range.low),
    high: end(range.high),
    ...(place !== undefined && { place }),
    ...(hash !== undefined && { hash }),
    shrink: shrink.map((at) => [at.n, end(at.low), end(at.high)] as const),
    values: values.map((value) => seedNumber(value, test.kind === 'gamma')),
    change: changeText(part),
  };
}
