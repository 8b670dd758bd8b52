import type { Reason } from '../../original/index.js';
import type { PresetName, ProtocolId } from '../../study/names.js';
import type { Outcome } from '../../verdicts/index.js';
import type { Standing } from '../coverage/agreement.js';
import type { FigureData } from '../drawing/figure-data.js';
import type { TextTable } from '../tables/csv.js';

/**
 * All that the page says, as data: `index.html`, `report.md` and `page.json` are three ways to write it down, and the
 * table of the README is a fourth.
 *
 * `page.json` is this object without ids and hashes of tasks (`SectionModel.tasks`), which are in `tables/*-tasks.csv`.
 * Its numbers have at most six significant digits; an infinite end of an interval is null; figures hold the curves as
 * they are drawn, thinned so that the file stays below 2 MB. A reader should check `format` and `version`: fields are
 * added under the same version, and none is removed or changes its meaning without a new one.
 */
export interface PageModel {
  readonly format: 'descent-page';
  readonly version: 1;
  /** `descent-lab 0.2.0`. */
  readonly madeBy: string;
  /** What is re-run and judged, in a few sentences. */
  readonly original: string;
  /** The three protocols, in the order in which they are shown. */
  readonly protocols: readonly Meaning<ProtocolId>[];
  /** What a cell may say, the most telling first. */
  readonly outcomes: readonly Meaning<CellOutcome>[];
  /** How sure a verdict is, in a sentence. */
  readonly certainty: string;
  /** What was run for this page, each a few words; empty if nothing was. */
  readonly facts: readonly string[];
  /** Cells by their outcome, companions left out. */
  readonly tally: Readonly<Partial<Record<CellOutcome, number>>>;
  /** How many open cells have too few seeds to be anything else, in a sentence; absent where none has. */
  readonly thin?: string;
  readonly sections: readonly SectionModel[];
  /** What became of all that the original states; absent where that is not looked at. */
  readonly coverage?: CoverageModel;
  /** What all of it took to compute; absent where nothing was. */
  readonly computing?: ComputingModel;
}

/** How long what is behind the page took, and where. */
export interface ComputingModel {
  /** All together, in a sentence or two. */
  readonly words: string;
  /** By section. */
  readonly table: TextTable;
  /** Says it of the ledgers. */
  readonly command: string;
}

/** Everything that the original states, counted: how much of it has ours beside it, and why the rest has not. */
export interface CoverageModel {
  /** All of it, beside the page. */
  readonly file: string;
  readonly total: CoverageCount;
  readonly sections: readonly CoverageCount[];
  /** How a stated value can stand to ours. */
  readonly standings: readonly Meaning<Standing>[];
  readonly reasons: readonly (Meaning<Reason> & { readonly count: number })[];
  /** Numbers that ours does not meet within its range, each with what is known of why. */
  readonly beyond: readonly BeyondModel[];
  /** The file's content; not in `page.json`. */
  readonly table?: TextTable;
}

/** Numbers stated together that lie beyond the range of ours. */
export interface BeyondModel {
  readonly section: string;
  readonly what: string;
  readonly values: readonly {
    /** Which of them; empty if it is the only one that is stated. */
    readonly name: string;
    readonly reported: string;
    readonly agreement: string;
  }[];
  readonly evidence: string;
  /** Fragment of its place on the page. */
  readonly place: string;
}

/** Items of a section of the original, and their values by how they stand to ours. */
export interface CoverageCount {
  readonly name: string;
  readonly items: number;
  readonly values: number;
  readonly standings: Readonly<Partial<Record<Standing, number>>>;
}

/** A name with what it means. */
export interface Meaning<Id extends string> {
  readonly id: Id;
  readonly word: string;
  readonly meaning: string;
}

/** What the cell of a claim under a protocol says; `notClaimed`: the protocol makes no such claim. */
export type CellOutcome = Outcome | 'notClaimed';

/** One experiment: a section of the original, or half of one. */
export interface SectionModel {
  /** Of the experiment, and of its place on the page: `index.html#batch-sensitivity`. */
  readonly id: string;
  /** `1.3.4`; where several experiments share a section, `1.3.3 a`. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly protocols: readonly SectionProtocol[];
  /** Each claim, then its companions. */
  readonly claims: readonly ClaimModel[];
  readonly numbers: readonly NumberTable[];
  readonly figures: readonly FigureModel[];
  readonly disagreements: readonly DisagreementModel[];
  /** What the original sets, beside ours; absent where that is not looked at. */
  readonly settings?: TextTable;
  readonly networks: TextTable | undefined;
  /** Every task by run, with its id and result hash; not in `page.json`. */
  readonly tasks: readonly TaskList[];
}

/** One way in which a section can be run, and how it was. */
export interface SectionProtocol {
  readonly id: ProtocolId;
  readonly word: string;
  readonly note: string;
  readonly bugs: readonly BugModel[];
  /** Empty where nothing was run; then `command` runs it. */
  readonly runs: readonly RunModel[];
  readonly command: string;
  /** Of `command` on one core of a usual machine, in words: `about 3 min`. */
  readonly takes: string;
}

/** A fault of the original's code that can be switched. */
export interface BugModel {
  readonly about: string;
  readonly disagreement?: string;
  readonly isOn: boolean;
  /** Switches it: `--set bugs.NAME=false`. */
  readonly option: string;
}

/** A run whose numbers and figures are shown. */
export interface RunModel {
  /** Of its files and of its place on the page. */
  readonly key: string;
  readonly protocol: ProtocolId;
  /** `as coded`, with the preset where protocols alone do not tell runs apart. */
  readonly name: string;
  readonly preset: PresetName;
  readonly note: string;
  readonly isMiniature: boolean;
  /** `path=value` changes to the preset. */
  readonly settings: readonly string[];
  /** What to know before its numbers are compared with the original's. */
  readonly caution?: string;
  readonly command: string;
}

/** A claim of the original, or a companion of one, with its cell under each protocol. */
export interface ClaimModel {
  readonly id: string;
  readonly statement: string;
  readonly metric: string;
  readonly companionOf?: string;
  /** Which units it is about. */
  readonly given?: string;
  /** Fragment of its row on the page. */
  readonly link: string;
  readonly cells: Readonly<Record<ProtocolId, VerdictCell>>;
}

/** What is known of a claim under one protocol. */
export interface VerdictCell {
  readonly outcome: CellOutcome;
  /** `stands`, `falls short`, `not claimed under this protocol`. */
  readonly word: string;
  /** The effect with its interval, or why there is none; empty where the word says all. */
  readonly words: string;
  /** Of an open conjunction: what it would take; of a single part the words have it. */
  readonly needs?: string;
  /** It is open, and has fewer seeds than could decide it, whatever they said. */
  readonly isThin?: true;
  /** The whole verdict in a sentence. */
  readonly text: string;
  /** Fragment of its evidence on the page; of a cell without any, of the claim's row. */
  readonly link: string;
  readonly version: number;
  /** Date of the register's entry. */
  readonly registered?: string;
  readonly chosen?: string;
  readonly note?: string;
  readonly parts: readonly PartModel[];
  /** What a miniature, or few seeds that do not count, show of it; never a verdict. */
  readonly glimpse?: GlimpseModel;
  /** Older versions, the latest first, in a sentence each. */
  readonly history: readonly string[];
}

/** An end of an interval or of a value; null: infinite. */
export type End = number | null;

/** One test of a claim: one place of the register. */
export interface PartModel {
  readonly label: string;
  readonly outcome: Outcome;
  readonly word: string;
  /** What was found, with its unit: `2.66 times [1.9, 3.4]`. */
  readonly effect: string;
  /** What would bear it out: `above 1.5 times`. */
  readonly expected: string;
  /** How its numbers are read: of `factor` they are logarithms, shown as their exponentials. */
  readonly scale: 'factor' | 'points' | 'images' | 'number';
  /** What stands after its numbers: `×`, ` %`, ` points`, ` images`; of a rate percent, of the share itself. */
  readonly unit: string;
  /** What decides: the margin, or both ends of a band. */
  readonly margins: readonly number[];
  /** The value of no effect, where it is not the margin, and as it is read. */
  readonly noEffect?: { readonly value: number; readonly text: string };
  /** `16 seeds`, `40 pairs of seeds`. */
  readonly units: string;
  readonly n: number;
  readonly low: End;
  readonly high: End;
  readonly place?: number;
  readonly hash?: string;
  /** The interval after n units, as it shrank. */
  readonly shrink: readonly (readonly [n: number, low: End, high: End])[];
  /** Value of each seed, in the order in which they count; null: left out by the claim's condition. */
  readonly values: readonly SeedNumber[];
  /** What would change the outcome: more seeds, and what they take. */
  readonly change: string;
}

/** The value of a seed: a point, or an interval; of a correlation two of them. */
export interface SeedNumber {
  readonly seed: number;
  readonly x: readonly [low: End, high: End] | null;
  readonly y?: readonly [low: End, high: End] | null;
}

/** What a small run shows beside a verdict. */
export interface GlimpseModel {
  readonly isMiniature: boolean;
  /** `points the same way: 0.94 from 3 seeds`. */
  readonly text: string;
}

/** Numbers of the original beside ours: one table for what stands beside something, then one a run for the rest. */
export interface NumberTable {
  readonly title: string;
  readonly isReported: boolean;
  /** Columns: keys and names of runs. */
  readonly runs: readonly { readonly key: string; readonly name: string }[];
  readonly groups: readonly NumberGroup[];
}

/** The rows of one quantity; it has one label, that of every cell. */
export interface NumberGroup {
  readonly label: string;
  /** Where the reported values are from; absent if none was reported. */
  readonly source?: string;
  readonly isHeadline: boolean;
  readonly rows: readonly NumberRow[];
}

/** A quantity of one arm. */
export interface NumberRow {
  readonly arm: string;
  readonly reported?: { readonly text: string; readonly value: number; readonly note?: string };
  readonly cells: readonly NumberCell[];
}

/** A number under one protocol, or why there is none. */
export type NumberCell =
  | { readonly why: string }
  | {
      readonly text: string;
      /** The median over seeds, in the unit that is shown. */
      readonly value?: number;
      /** That less the reported value, with its sign. */
      readonly difference?: string;
      /** Spread over seeds and twins, how it ended. */
      readonly notes: readonly string[];
    };

/** A figure of a run. */
export interface FigureModel {
  /** `figures/KEY.png`, and its place on the page. */
  readonly key: string;
  readonly run: string;
  readonly title: string;
  readonly caption: string;
  /** Shown first in its section. */
  readonly isKey: boolean;
  readonly data: FigureData;
}

/** A point at which text, code and figures of the original differ. */
export interface DisagreementModel {
  readonly id: string;
  readonly about: string;
  readonly written: string;
  readonly coded: string;
  readonly consequence?: string;
  /** What was measured of it. */
  readonly measured: readonly string[];
}

/** The tasks of a run. */
export interface TaskList {
  readonly run: string;
  readonly table: TextTable;
}
