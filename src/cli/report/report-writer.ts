import { join, resolve } from 'node:path';
import { counted } from '../../base/counted.js';
import { cacheDir } from '../../platform/node/data/cache-dir.js';
import { DrawingThreads } from '../../platform/node/drawing/drawing-threads.js';
import { drawingDigest, type FigureCache, openFigureCache } from '../../platform/node/drawing/figure-cache.js';
import { makeFolder, replaceFile, replaceQuickly } from '../../platform/node/files.js';
import { packageVersion } from '../../platform/node/package-version.js';
import type { DrawnFigure } from '../../report/drawing/draw-figure.js';
import type { FigurePlan } from '../../report/drawing/figure-plan.js';
import { type ModelOptions, pageModel } from '../../report/model/build-model.js';
import type { PageModel } from '../../report/model/page-model.js';
import { draftSection, figuresOf, type SectionDraft } from '../../report/model/section-draft.js';
import { figureFiles, type ReportFile, tableFiles } from '../../report/page/build-report.js';
import { page } from '../../report/page/page.js';
import type { Experiment } from '../../study/experiment.js';
import type { LedgerWork, Verdict } from '../../verdicts/index.js';
import { fontFiles } from './fonts.js';
import { type ReportDigests, sha256 } from './report-memo.js';

/** While figures come, the page is written again after so long, and so many times as long as that took. */
const rewriteEveryMs = 2500;
const rewriteShare = 40;

/** How many of the figures are drawn. */
export interface DrawingCount {
  readonly drawn: number;
  readonly all: number;
}

/** What a report is of, and how it is written. */
export interface ReportWriterOptions extends Pick<ModelOptions, 'items'> {
  /** Takes the verdicts of the ledger, once, for the first page: figures need not wait for them. */
  readonly verdicts: () => readonly Verdict[];
  /** What these took. Default: nothing is known of it. */
  readonly work?: () => readonly LedgerWork[];
  /** Folder of the report. */
  readonly out: string;
  /** All that the page shows, in its order. */
  readonly experiments: readonly Experiment[];
  /** How many figures are drawn side by side, at most. */
  readonly threads: number;
  /** Listens to each figure that is added or drawn. */
  readonly onCount?: (count: DrawingCount) => void;
}

/**
 * Writes a report while it grows: sections come one after the other, their figures are drawn beside the caller, and the
 * page is there, and says what is missing, as soon as it is asked for. Only `finish` writes the page that says it is
 * whole.
 */
export class ReportWriter {
  readonly pagePath: string;
  readonly #options: ReportWriterOptions;
  readonly #written: Record<string, string> = {};
  readonly #drafts = new Map<Experiment, SectionDraft>();
  readonly #drawings = new Map<string, DrawnFigure>();
  readonly #figures: Promise<void>[] = [];
  /** What was not in the cache, by title and specs. */
  readonly #drawn = new Map<string, Promise<DrawnFigure>>();
  readonly #threads: DrawingThreads;
  readonly #cache: FigureCache;
  /** Undefined while no page is there that could be written again. */
  #pageAt: number | undefined;
  #pageTook = 0;
  #missing: string | undefined;
  #verdicts: readonly Verdict[] | undefined;
  #work: readonly LedgerWork[] | undefined;
  /** Undefined once a section has come since. */
  #model: PageModel | undefined;

  /** @throws if the folder cannot be made */
  constructor(options: ReportWriterOptions) {
    this.#options = options;
    this.pagePath = resolve(options.out, 'index.html');
    makeFolder(resolve(options.out));
    const fonts = fontFiles();
    this.#threads = new DrawingThreads({ fontFiles: fonts, threads: options.threads });
    this.#cache = openFigureCache(cacheDir('figures'), drawingDigest(fonts));
  }

  /** Adds a section, or puts another in its place, and starts to draw its figures. */
  add(draft: SectionDraft): void {
    this.#drafts.set(draft.experiment, draft);
    this.#model = undefined;
    for (const figure of figuresOf(draft)) {
      const drawing = this.#draw(figure);
      // `finish` throws it; until then it is nobody's.
      drawing.catch(() => {});
      this.#figures.push(drawing);
    }
    this.#count();
  }

  /** Writes the page as it stands, and again as figures come. `missing`: what else it waits for, in a sentence. */
  writeEarly(missing?: string): void {
    this.#missing = missing;
    const { drawn, all } = this.#counts();
    if (missing === undefined && drawn === all) return;
    const figures = drawn < all ? `${drawn} of ${counted(all, 'figure')} ${all === 1 ? 'is' : 'are'} drawn.` : '';
    this.#writePage(this.#pageModel(), [missing, figures].filter((part) => part).join(' '));
  }

  /** From now on so many figures are drawn side by side. */
  resize(threads: number): void {
    this.#threads.resize(threads);
  }

  /**
   * Writes the tables, waits for the figures and writes the whole page; returns the digests of all files.
   * @throws Error that names a figure which cannot be drawn
   */
  async finish(): Promise<ReportDigests> {
    const model = this.#pageModel();
    this.#write(tableFiles(this.#sections(), model));
    await Promise.all(this.#figures);
    this.#writePage(model);
    this.#cache.trim();
    return this.#written;
  }

  /** Ends what draws; to be called whatever happens. */
  close(): void {
    this.#threads.close();
  }

  async #draw(figure: FigurePlan): Promise<void> {
    const found = this.#cache.read(figure);
    const drawn = found ?? (await this.#drawOnce(figure));
    this.#drawings.set(figure.key, drawn);
    this.#write(figureFiles(figure, drawn.png));
    if (found !== undefined) return;
    this.#count();
    if (this.#isPageOld()) this.writeEarly(this.#missing);
  }

  /** Two protocols whose trials are the same show the same figures. */
  #drawOnce(figure: FigurePlan): Promise<DrawnFigure> {
    const { title, specs } = figure;
    const what = JSON.stringify([title, specs]);
    const drawing = this.#drawn.get(what) ?? this.#drawAndKeep(figure);
    this.#drawn.set(what, drawing);
    return drawing;
  }

  async #drawAndKeep(figure: FigurePlan): Promise<DrawnFigure> {
    const drawn = await this.#threads.draw(figure);
    this.#cache.keep(figure, drawn);
    return drawn;
  }

  #sections(): readonly SectionDraft[] {
    return this.#options.experiments.map((one) => this.#drafts.get(one) ?? draftSection(one, []));
  }

  #pageModel(): PageModel {
    this.#verdicts ??= this.#options.verdicts();
    this.#work ??= this.#options.work?.() ?? [];
    const { items = [] } = this.#options;
    const ledger = { verdicts: this.#verdicts, work: this.#work };
    this.#model ??= pageModel(this.#sections(), { version: packageVersion(), ...ledger, items });
    return this.#model;
  }

  #isPageOld(): boolean {
    const afterMs = Math.max(rewriteEveryMs, rewriteShare * this.#pageTook);
    return this.#pageAt !== undefined && performance.now() - this.#pageAt > afterMs;
  }

  #writePage(model: PageModel, unfinished?: string): void {
    const start = performance.now();
    const options = { drawings: this.#drawings, ...(unfinished !== undefined && { unfinished }) };
    this.#write([{ path: 'index.html', content: page(model, options) }]);
    this.#pageAt = performance.now();
    this.#pageTook = this.#pageAt - start;
  }

  #write(files: readonly ReportFile[]): void {
    for (const { path, content } of files) {
      // All but the page can be made again without a word; the page must not be there in part.
      (path === 'index.html' ? replaceFile : replaceQuickly)(join(this.#options.out, path), content);
      this.#written[path] = sha256(content);
    }
  }

  #counts(): DrawingCount {
    const figures = [...this.#drafts.values()].flatMap(figuresOf);
    return { drawn: figures.filter(({ key }) => this.#drawings.has(key)).length, all: figures.length };
  }

  #count(): void {
    this.#options.onCount?.(this.#counts());
  }
}
