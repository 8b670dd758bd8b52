import { presetSeconds } from '../../study/estimate.js';
import type { Bug, Disagreement, Experiment, Protocol } from '../../study/experiment.js';
import { type PresetName, type ProtocolId, protocolIds } from '../../study/names.js';
import type { Verdict } from '../../verdicts/index.js';
import type { FigurePlan } from '../drawing/figure-plan.js';
import { measuredLines } from '../tables/measured-lines.js';
import { type ReportRun, rerunCommand, runKey } from '../tables/run.js';
import { networkTable, protocolName, runName, shortTaskTable } from '../tables/tables.js';
import { claimModels } from './claim-models.js';
import { numberTables } from './number-tables.js';
import type {
  BugModel,
  DisagreementModel,
  FigureModel,
  RunModel,
  SectionModel,
  SectionProtocol,
  TaskList,
} from './page-model.js';
import { runsOf, type SectionDraft } from './section-draft.js';
import { durationText } from './verdict-words.js';

/** A section of the page, from its runs and its verdicts. */
export function sectionModel(draft: SectionDraft, name: string, verdicts: readonly Verdict[]): SectionModel {
  const { experiment, rows, glimpses } = draft;
  const runs = runsOf(draft);
  const { id, title, question } = experiment;
  return {
    id,
    name,
    title,
    question,
    protocols: protocolIds.flatMap((one) => sectionProtocol(experiment, one, runs) ?? []),
    claims: claimModels(experiment, verdicts, glimpses),
    numbers: numberTables(runs, rows),
    figures: figureModels(draft),
    disagreements: experiment.disagreements.map((one) => disagreementModel(one, draft)),
    networks: runs.length === 0 ? undefined : networkTable(runs),
    tasks: runs.map((run): TaskList => ({ run: runName(run, runs), table: shortTaskTable(run) })),
  };
}

function sectionProtocol(
  experiment: Experiment,
  id: ProtocolId,
  runs: readonly ReportRun[],
): SectionProtocol | undefined {
  const standard = experiment.protocols.find((protocol) => protocol.id === id);
  if (standard === undefined) return undefined;
  const own = runs.filter(({ protocol }) => protocol.id === id);
  const { note, bugs = {} } = own[0]?.protocol ?? standard;
  const preset = firstPreset(standard);
  return {
    id,
    word: protocolName(id),
    note,
    bugs: Object.entries(bugs).map(bugModel),
    runs: own.map((run) => runModel(run, runs)),
    command: `npx descent run ${experiment.id} --protocol ${id} --preset ${preset}`,
    takes: `about ${durationText(presetSeconds(standard.presets[preset]!) / 3600)}`,
  };
}

/** The preset that somebody tries first: the largest that is quick. */
const firstPreset = ({ presets }: Protocol): PresetName =>
  (['quick', 'report', 'study', 'smoke'] as const).find((name) => presets[name] !== undefined) ?? 'quick';

const bugModel = ([name, { about, disagreement, standard }]: readonly [string, Bug]): BugModel => ({
  about,
  ...(disagreement !== undefined && { disagreement }),
  isOn: standard,
  option: `--set bugs.${name}=${String(!standard)}`,
});

function runModel(run: ReportRun, runs: readonly ReportRun[]): RunModel {
  const warning = caution(run);
  return {
    key: runKey(run),
    protocol: run.protocol.id,
    name: runName(run, runs),
    preset: run.presetName,
    note: run.preset.note,
    isMiniature: run.preset.miniature,
    settings: run.settings,
    ...(warning !== undefined && { caution: warning }),
    command: rerunCommand(run),
  };
}

/**
 * What to know before numbers are compared with the original's; undefined if they are of the original's own sizes and
 * settings.
 */
function caution({ settings, preset }: ReportRun): string | undefined {
  const changed = settings.length > 0 ? `Changed from the preset: ${settings.join(', ')}.` : '';
  const small = preset.miniature
    ? 'Miniature: its numbers are not expected to be the original’s, and it judges nothing.'
    : '';
  return [small, changed].filter((text) => text !== '').join(' ') || undefined;
}

function figureModels(draft: SectionDraft): readonly FigureModel[] {
  const runs = runsOf(draft);
  const key = keyFigure(draft);
  return draft.shown.flatMap(({ run, figures }) =>
    figures.map((figure) => ({
      key: figure.key,
      run: runName(run, runs),
      title: figure.title,
      caption: figure.caption,
      isKey: figure === key,
      data: figure.data,
    })),
  );
}

/** The figure that a section is shown with: the first that is marked so, else the first of the protocol named first. */
function keyFigure({ experiment, shown }: SectionDraft): FigurePlan | undefined {
  const byProtocol = experiment.protocols.flatMap(({ id }) => shown.filter(({ run }) => run.protocol.id === id));
  const figures = byProtocol.flatMap((one) => one.figures);
  return figures.find(({ isHeadline }) => isHeadline) ?? figures[0];
}

function disagreementModel(disagreement: Disagreement, draft: SectionDraft): DisagreementModel {
  const { id, about, written, coded, consequence } = disagreement;
  const measured = measuredLines(disagreement, runsOf(draft), draft.rows);
  return { id, about, written, coded, ...(consequence !== undefined && { consequence }), measured };
}
