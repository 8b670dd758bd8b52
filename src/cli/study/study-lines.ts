import { claimVerdict, type StudiedClaim } from '../../lab/study/studied-claim.js';
import type { LeftReason, StudyEvent } from '../../lab/study/study.js';
import { type Outcome, outcomeWords, type PartVerdict, partText } from '../../verdicts/index.js';
import { columnLines } from '../text.js';

const nameOf = ({ claim, protocol }: StudiedClaim): string => `${claim.id} ${protocol.id}`;

/** What each claim would take. */
export const planLines = (claims: readonly StudiedClaim[]): readonly string[] =>
  columnLines(claims.map((studied) => [studied.experiment.id, nameOf(studied), claimVerdict(studied).text]));

const reasons: Readonly<Record<Exclude<LeftReason['kind'], 'failed'>, string>> = {
  budget: 'the budget cannot decide it',
  seeds: 'it has as many seeds as it may have',
  rounds: 'all rounds are done',
  stopped: 'stopped; the same command resumes',
};

const reasonText = (reason: LeftReason): string => (reason.kind === 'failed' ? reason.reason : reasons[reason.kind]);

/** What happens in a study, for people. */
export function studyLines(event: StudyEvent): readonly string[] {
  const name = nameOf(event.studied);
  switch (event.kind) {
    case 'round': {
      const { seeds, tasks } = event;
      return [`${name}: seeds ${seeds[0]} to ${seeds.at(-1)}, ${tasks} tasks`];
    }
    case 'added':
      return event.parts.map((part) => `  ${partText(part)}`);
    case 'decided':
      return [`${name}: ${outcomeWords[event.verdict.outcome]}`];
    case 'left':
      return [
        `${name}: ${outcomeWords[event.verdict.outcome]}, ${reasonText(event.reason)}`,
        ...event.verdict.parts.map((part) => `  ${partText(part)}`),
      ];
  }
}

/** The same as JSON; of an interval that has no end, null stands for it. */
export function jsonLine(event: StudyEvent): string {
  const { studied, kind } = event;
  const common = {
    event: kind,
    experiment: studied.experiment.id,
    claim: studied.claim.id,
    protocol: studied.protocol.id,
  };
  switch (event.kind) {
    case 'round':
      return JSON.stringify({ ...common, seeds: event.seeds, tasks: event.tasks });
    case 'added':
      return JSON.stringify({ ...common, parts: event.parts.map(shortPart) });
    case 'decided':
      return JSON.stringify({ ...common, outcome: event.verdict.outcome, parts: event.verdict.parts.map(shortPart) });
    case 'left':
      return JSON.stringify({
        ...common,
        ...{ outcome: event.verdict.outcome, parts: event.verdict.parts.map(shortPart), reason: event.reason },
      });
  }
}

const shortPart = ({ place, test, outcome, real, n, range, estimate, more }: PartVerdict): object => ({
  ...{ place, label: test.label, outcome, real, n, low: range.low, high: range.high, estimate, more },
});

/** How a study ended: `2 stand, 1 open`. */
export function endLine(outcomes: readonly string[]): string {
  const counts = [...new Set(outcomes)].map(
    (outcome) => `${outcomes.filter((one) => one === outcome).length} ${outcomeWords[outcome as Outcome]}`,
  );
  return counts.join(', ') || 'nothing was open';
}
