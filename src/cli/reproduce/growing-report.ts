import { counted } from '../../base/counted.js';
import type { RunRecord } from '../../lab/record.js';
import type { RunListener } from '../../lab/run-tasks.js';
import { type ResultReader, resultReader } from '../../lab/stored-runs.js';
import { items } from '../../original/index.js';
import { openStore } from '../../platform/node/store/store.js';
import { draftSection, type SectionDraft } from '../../report/model/section-draft.js';
import { joinRun } from '../../report/tables/run.js';
import type { Experiment } from '../../study/experiment.js';
import type { PresetName } from '../../study/names.js';
import { drawingProgress } from '../report/drawing-progress.js';
import { rememberWritten, reportKey } from '../report/report-memo.js';
import { ReportWriter } from '../report/report-writer.js';
import { type ChosenRuns, chooseRuns, withSources } from '../run/stored-runs.js';
import { ledgerVerdicts, workOfLedgers } from '../study/families.js';

/** An experiment whose tasks are being run. */
interface OpenSection {
  readonly experiment: Experiment;
  readonly runs: readonly RunRecord[];
  /** Ids of the tasks that are not done. */
  readonly left: Set<string>;
}

/** What a growing report is of, and where it goes. */
export interface GrowingReportOptions {
  readonly store: string;
  readonly out: string;
  readonly preset: PresetName;
  /** Takes the sections as they end, with how many there are so far. */
  readonly onSection: (draft: SectionDraft, pagePath: string, count: number) => void;
}

/** A report that grows while tasks run: a section is added as soon as all of its tasks are done. */
export class GrowingReport {
  readonly #options: GrowingReportOptions;
  readonly #chosen: ChosenRuns;
  readonly #sections: readonly OpenSection[];
  readonly #reader: ResultReader;
  readonly #writer: ReportWriter;
  readonly #drafts: SectionDraft[] = [];
  #progress: ReturnType<typeof drawingProgress> | undefined;
  /** Sections are added one after the other. */
  #adding: Promise<void> = Promise.resolve();

  private constructor(sections: readonly OpenSection[], chosen: ChosenRuns, options: GrowingReportOptions) {
    this.#options = options;
    this.#chosen = chosen;
    this.#sections = sections;
    this.#reader = resultReader(openStore(options.store));
    const sources = withSources(chosen.experiments, chosen.runs);
    const verdicts = ledgerVerdicts(sources);
    this.#writer = new ReportWriter({
      out: options.out,
      experiments: chosen.experiments,
      // Taken now: what is wrong with a ledger is said before anything runs.
      verdicts: () => verdicts,
      work: () => workOfLedgers(sources),
      items,
      // Tasks have the machine until they are done.
      threads: 1,
      onCount: (count) => this.#progress?.show(count),
    });
  }

  /** @throws if the report's folder cannot be made */
  static async open(
    runs: readonly { readonly experiment: Experiment; readonly record: RunRecord }[],
    options: GrowingReportOptions,
  ): Promise<GrowingReport> {
    const chosen = await chooseRuns(openStore(options.store), { preset: options.preset });
    const sections = [...new Set(runs.map(({ experiment }) => experiment))].map((experiment) => {
      const own = runs.filter((run) => run.experiment === experiment).map(({ record }) => record);
      const ids = own.flatMap(({ trials, measurements }) => [...trials, ...measurements].map(({ id }) => id));
      return { experiment, runs: own, left: new Set(ids) };
    });
    return new GrowingReport(sections, chosen, options);
  }

  get pagePath(): string {
    return this.#writer.pagePath;
  }

  /** What was added so far, in the order of the sections. */
  drafts(): readonly SectionDraft[] {
    return this.#sections.flatMap(({ experiment }) => this.#drafts.filter((draft) => draft.experiment === experiment));
  }

  /** Listens to the run whose sections these are. */
  readonly listen: RunListener = (_, event) => {
    if (event.kind !== 'reported') return;
    const { id, state } = event.report;
    if (state !== 'done' && state !== 'stored') return;
    for (const section of this.#sections) {
      if (section.left.delete(id) && section.left.size === 0) this.#end(section);
    }
  };

  /**
   * Draws what is left on so many threads, and writes the whole report. @throws what went wrong with any section or
   * figure
   */
  async finish(threads: number): Promise<void> {
    await this.#adding;
    await this.#addOthers();
    this.#progress = drawingProgress();
    this.#writer.resize(threads);
    const files = await this.#writer.finish();
    const { store, out, preset } = this.#options;
    const { path, ...opened } = openStore(store);
    const key = reportKey(path, (await chooseRuns({ path, ...opened }, { preset })).runs);
    if (key !== undefined) rememberWritten(out, key, files);
  }

  /** Ends what draws; to be called whatever happens. */
  close(): void {
    this.#writer.close();
    this.#progress?.close();
  }

  #end(section: OpenSection): void {
    this.#adding = this.#adding.then(async () => {
      const draft = await this.#add(section);
      this.#drafts.push(draft);
      this.#options.onSection(draft, this.pagePath, this.#drafts.length);
      const done = `${this.#drafts.length} of ${counted(this.#sections.length, 'experiment')} have run.`;
      this.#writer.writeEarly(this.#drafts.length < this.#sections.length ? done : undefined);
    });
    // `finish` throws it.
    this.#adding.catch(() => {});
  }

  async #add({ experiment, runs }: Pick<OpenSection, 'experiment' | 'runs'>): Promise<SectionDraft> {
    const results = await this.#reader.read(runs);
    const draft = draftSection(
      experiment,
      runs.map((run) => joinRun(run, this.#chosen.experiments, results)),
    );
    this.#writer.add(draft);
    return draft;
  }

  /** What was run before of other experiments in the same preset, the user's own among them. */
  async #addOthers(): Promise<void> {
    for (const experiment of this.#chosen.experiments) {
      if (this.#sections.some((section) => section.experiment === experiment)) continue;
      const runs = this.#chosen.runs.filter((run) => run.experiment === experiment.id);
      if (runs.length > 0) await this.#add({ experiment, runs });
    }
  }
}
