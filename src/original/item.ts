import type { ProtocolId } from '../study/names.js';
import type { SettingName } from './settings.js';

/**
 * Where the original states it: its text, one of its figures, the last version of a notebook, or an older one in its
 * author's repository.
 */
export type Source = 'text' | 'figure' | 'notebook' | 'older notebook';

/** A number that came out, a block of them, a picture, what was set, or a sentence. */
export type ItemKind = 'number' | 'table' | 'figure' | 'setting' | 'claim';

/** Where ours can stand: under a protocol, or under another version of the code than the one that it follows. */
export type Column = ProtocolId | 'other-version';

/** What of an experiment gives our value; the ids are those of the study. */
export type Reference =
  | {
      readonly kind: 'quantity';
      readonly quantity: string;
      readonly arm: string;
      /** Arms that differ from it in what was drawn for them alone: its range is over them as well. */
      readonly draws?: readonly string[];
    }
  /** A setting of the spec of some arms; where they differ in it, each has its own. */
  | { readonly kind: 'setting'; readonly setting: SettingName; readonly arms: readonly string[] }
  /** A parameter before the first step. */
  | { readonly kind: 'initial'; readonly arm: string; readonly tensor: string; readonly index: number }
  /** A switch of the protocol for a fault of the code: whether it is on. */
  | { readonly kind: 'switch'; readonly bug: string }
  /** What a quantity is, in words: for a setting that says how a number is taken. */
  | { readonly kind: 'label'; readonly quantity: string }
  | { readonly kind: 'figure'; readonly figure: string }
  | { readonly kind: 'claims'; readonly claims: readonly string[] };

/** How ours is had: by one reference under every protocol that has it, or by others under some. */
export interface Ours {
  readonly ours?: Reference;
  readonly except?: Readonly<Partial<Record<Column, Reference>>>;
}

/** Why nothing of ours can stand beside it, each reason with what it means. */
export const reasons = {
  'about the report': 'it describes the report, its files or its assignment, and nothing that can be run',
  restated: 'it says again what other items say, which are named and have ours',
  'built in': 'every run of ours has it: no spec can set it otherwise, and the file that holds it is named',
  'no effect': 'no number depends on it',
  'not in a protocol': 'no protocol makes it: a hope, an advice, or a run beside the reported ones',
  'older version': 'it is of a version of the code that made none of the reported numbers',
  lost: 'what made it was not kept: no seed, no saved version',
  'not computed': 'a protocol makes it, and it has not been run, or not been read, at full size',
} as const satisfies Readonly<Record<string, string>>;

/** Why nothing of ours stands there. */
export type Reason = keyof typeof reasons;

/**
 * What is said of a number beyond our range that no disagreement explains: no version, setting or draw that we know of
 * brings it nearer. How it stands among the twins is measured instead.
 */
export const causes = ['cause not identified'] as const;

/** What is said of such a number. */
export type Cause = (typeof causes)[number];

/** Nothing of ours, and why. */
export interface Without {
  readonly reason: Reason;
  /** What shows that it is so; of what is said again the ids of the items, of what is built in a file. */
  readonly evidence: string;
}

/** Ours, or why there is none. */
export type Answer = Ours | Without;

/** One value that is stated. */
export interface Part {
  /** Which of the item's values; empty for its only one. */
  readonly name: string;
  /** As it stands, with its decimals; of a claim the sentence itself, of a figure its axes and series. */
  readonly value: string;
  readonly answer: Answer;
}

/** Something that the original states. */
export interface Item {
  readonly id: string;
  /** A section of the original, or half of one: `1.3.3 batch`. */
  readonly section: string;
  /** The experiment that its references are of. */
  readonly experiment: string;
  readonly kind: ItemKind;
  readonly source: Source;
  /** In our words. */
  readonly what: string;
  readonly parts: readonly Part[];
  /** Ids of the disagreements that it is a part of: `D2`. */
  readonly differences: readonly string[];
  /** Said of its numbers that lie beyond our range, with what was measured of them. */
  readonly cause?: Cause;
  /** What must be known to read it. */
  readonly notes: readonly string[];
}

/** Whether nothing of ours stands there. */
export const isWithout = (answer: Answer): answer is Without => 'reason' in answer;
