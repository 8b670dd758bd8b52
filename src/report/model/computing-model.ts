import { counted } from '../../base/counted.js';
import { sum } from '../../base/sum.js';
import { type LedgerWork, type TaskSum, timeText, totalTasks } from '../../verdicts/index.js';
import { tasksOfRun } from '../tables/run.js';
import type { ComputingModel, SectionModel } from './page-model.js';
import { runsOf, type SectionDraft } from './section-draft.js';

/** What a section took: its runs by the clock, its ledgers by the clock or by their price. */
interface SectionWork {
  readonly runs: TaskSum;
  readonly timed: TaskSum;
  readonly priced: TaskSum;
  readonly machines: readonly string[];
}

const none: TaskSum = { tasks: 0, seconds: 0 };

/** What the page took to compute, by section; nothing where nothing was run. `sections` are those of `drafts`. */
export function computingModel(
  drafts: readonly SectionDraft[],
  sections: readonly Pick<SectionModel, 'name' | 'title'>[],
  ledgers: readonly LedgerWork[],
): { readonly computing?: ComputingModel } {
  const works = drafts.map((draft) => sectionWork(draft, ledgers));
  const total: SectionWork = {
    runs: totalTasks(works.map(({ runs }) => runs)),
    timed: totalTasks(works.map(({ timed }) => timed)),
    priced: totalTasks(works.map(({ priced }) => priced)),
    machines: [...new Set(works.flatMap(({ machines }) => machines))],
  };
  if (total.runs.tasks + total.timed.tasks + total.priced.tasks === 0) return {};
  const rows = sections.map(({ name, title }, i) => [`${name} ${title}`, ...cellsOf(works[i]!)]);
  return {
    computing: {
      words: wordsOf(total),
      table: { columns, rows: [...rows, ['all', ...cellsOf(total)]] },
      command: 'npx descent study',
    },
  };
}

function sectionWork(draft: SectionDraft, ledgers: readonly LedgerWork[]): SectionWork {
  const tasks = new Map(
    runsOf(draft)
      .flatMap(tasksOfRun)
      .map((task) => [task.id, task.record]),
  );
  const records = [...tasks.values()].flatMap((record) => record ?? []);
  const ledger = ledgers.find(({ experiment }) => experiment === draft.experiment.id);
  return {
    runs: { tasks: records.length, seconds: sum(records.map(({ durationMs }) => durationMs / 1000)) },
    timed: ledger?.timed ?? none,
    priced: ledger?.priced ?? none,
    machines: [...records.flatMap(({ machine }) => machine ?? []), ...(ledger?.machines ?? [])],
  };
}

const columns = ['section', 'numbers and figures', 'verdicts, by the clock', 'verdicts, by price'];

const cellsOf = ({ runs, timed, priced }: SectionWork): readonly string[] => [runs, timed, priced].map(sumText);

const timeOf = ({ seconds }: TaskSum): string => timeText(seconds / 3600);

/** `12 min (34 tasks)`. */
const sumText = (one: TaskSum): string => (one.tasks === 0 ? 'none' : `${timeOf(one)} (${tasksText(one)})`);

const tasksText = ({ tasks }: TaskSum): string => counted(tasks, 'task');

function wordsOf({ runs, timed, priced, machines }: SectionWork): string {
  const verdicts = totalTasks([timed, priced]);
  const parts = [
    ...(runs.tasks > 0 ? [`${timeOf(runs)} for numbers and figures (${tasksText(runs)})`] : []),
    ...(verdicts.tasks > 0 ? [`${timeOf(verdicts)} for verdicts (${tasksText(verdicts)})`] : []),
  ];
  const where = machines.length === 0 ? '' : ` It ran on ${machines.join(' and on ')}.`;
  const all = timeOf(totalTasks([runs, verdicts]));
  return `All of it took ${all} of one core: ${parts.join(', ')}.${where}${unsure(timed, priced)}`;
}

/** What is known of the time of verdicts by price alone. */
function unsure(timed: TaskSum, priced: TaskSum): string {
  if (priced.tasks === 0) return '';
  const which = timed.tasks === 0 ? 'The time of verdicts' : `${timeOf(priced)} of it`;
  return ` ${which} is a price, good to a factor of two: how long these ${tasksText(priced)} took was not kept.`;
}
