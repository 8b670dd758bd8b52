import { counted } from '../../base/counted.js';
import type { Item } from '../../original/index.js';
import type { Experiment } from '../../study/experiment.js';
import type { LedgerWork, Verdict } from '../../verdicts/index.js';
import { coverageModel, settingsTable } from '../coverage/coverage-model.js';
import { coverageRows } from '../coverage/coverage-rows.js';
import { type ReportRun, seedsOf, tasksOfRun } from '../tables/run.js';
import { computingModel } from './computing-model.js';
import type { CellOutcome, PageModel, SectionModel } from './page-model.js';
import { runsOf, type SectionDraft } from './section-draft.js';
import { sectionModel } from './section-model.js';
import { certainty, original, outcomeList, protocolWords } from './words.js';

/** What a page is made of beside its sections. */
export interface ModelOptions {
  /** Of this package. */
  readonly version: string;
  /** Of the ledger. Default none: then all is not yet run. */
  readonly verdicts?: readonly Verdict[];
  /** What these took. */
  readonly work?: readonly LedgerWork[];
  /** What the original states. Default none: then coverage is not shown. */
  readonly items?: readonly Item[];
}

/** The page as data, from what was run and what the ledger decides. */
export function pageModel(
  drafts: readonly SectionDraft[],
  { version, verdicts = [], work = [], items = [] }: ModelOptions,
): PageModel {
  const experiments = drafts.map(({ experiment }) => experiment);
  const bare = drafts.map((draft) => sectionModel(draft, sectionName(draft.experiment, experiments), verdicts));
  const rows = coverageRows(items, drafts, bare);
  const sections = bare.map((section) => withSettings(section, settingsTable(rows, section)));
  return {
    format: 'descent-page',
    version: 1,
    madeBy: `descent-lab ${version}`,
    original,
    protocols: protocolWords,
    outcomes: outcomeList,
    certainty,
    facts: runFacts(drafts),
    tally: tallyOf(sections),
    ...thinOf(sections),
    sections,
    ...(rows.length > 0 && { coverage: coverageModel(rows) }),
    ...computingModel(drafts, bare, work),
  };
}

const withSettings = (section: SectionModel, settings: SectionModel['settings']): SectionModel =>
  settings === undefined ? section : { ...section, settings };

/** A section's number; where several experiments share it, with a letter of their own. */
function sectionName(experiment: Experiment, all: readonly Experiment[]): string {
  const sharing = all.filter(({ section }) => section === experiment.section);
  if (sharing.length === 1) return experiment.section;
  return `${experiment.section} ${String.fromCodePoint(97 + sharing.indexOf(experiment))}`;
}

function tallyOf(sections: readonly SectionModel[]): PageModel['tally'] {
  const claims = sections.flatMap((section) => section.claims).filter(({ companionOf }) => companionOf === undefined);
  const outcomes = claims.flatMap(({ cells }) => Object.values(cells).map(({ outcome }) => outcome));
  const counts = new Map<CellOutcome, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Open cells of claims, companions left out, that so few seeds cannot decide. */
function thinOf(sections: readonly SectionModel[]): Pick<PageModel, 'thin'> {
  const claims = sections.flatMap((section) => section.claims).filter(({ companionOf }) => companionOf === undefined);
  const open = claims.flatMap(({ cells }) => Object.values(cells)).filter(({ outcome }) => outcome === 'open');
  const few = open.filter(({ isThin }) => isThin).length;
  if (few === 0) return {};
  const which = `${few} of ${counted(open.length, 'open cell')} ${few === 1 ? 'has' : 'have'}`;
  return {
    thin: `${which} fewer seeds than could decide anything, whatever these said: what such a cell shows is a first \
look, and beside it stands what a decision takes.`,
  };
}

/** What was run, in a few words: each is a fact of all sections together. */
function runFacts(drafts: readonly SectionDraft[]): readonly string[] {
  const runs = drafts.flatMap(runsOf);
  if (runs.length === 0) return [];
  const tasks = new Map(runs.flatMap(tasksOfRun).map((task) => [task.id, task]));
  const records = [...tasks.values()].flatMap(({ record }) => record ?? []);
  const presets = [...new Set(runs.map(({ presetName }) => presetName))];
  const seconds = records.reduce((total, { durationMs }) => total + durationMs / 1000, 0);
  const missing = tasks.size - records.length;
  return [
    `${counted(new Set(runs.map(({ experiment }) => experiment.id)).size, 'experiment')} of ${drafts.length}`,
    `${presets.length === 1 ? 'preset' : 'presets'} ${presets.join(', ')}`,
    counted(distinctIds(runs.flatMap(({ trials, twins }) => [...trials, ...twins])), 'trial'),
    counted(distinctIds(runs.flatMap(({ measurements }) => measurements)), 'measurement'),
    ...(missing > 0 ? [`${missing} missing`] : []),
    `up to ${counted(mostSeeds(runs), 'seed')}`,
    `${durationText(seconds)} of computing`,
  ];
}

const distinctIds = (tasks: readonly { readonly id: string }[]): number => new Set(tasks.map(({ id }) => id)).size;
const mostSeeds = (runs: readonly ReportRun[]): number => Math.max(...runs.map((run) => seedsOf(run).length));

function durationText(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
