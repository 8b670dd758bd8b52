import {
  type Answer,
  type Cause,
  type Column,
  causes,
  type Item,
  type ItemKind,
  isWithout,
  type Ours,
  type Part,
  type Reason,
  type Reference,
  type Source,
  type Without,
} from './item.js';
import type { SettingName } from './settings.js';

/** An item without its section: its id is that within the section. */
export type Draft = Omit<Item, 'section' | 'experiment'>;

/** The items of a section, whose ids begin with its own. */
export const section = (
  {
    prefix,
    name = prefix,
    experiment,
  }: { readonly prefix: string; readonly name?: string; readonly experiment: string },
  drafts: readonly (Draft | readonly Draft[])[],
): readonly Item[] =>
  drafts.flat().map((draft) => ({
    ...draft,
    id: `${prefix}-${draft.id}`,
    section: name,
    experiment,
    parts: draft.parts.map((part) => ({ ...part, answer: withPrefix(part.answer, prefix) })),
  }));

/** What is said again is named by its id within the section, or by its whole one. */
function withPrefix(answer: Answer, prefix: string): Answer {
  if (!isWithout(answer) || answer.reason !== 'restated') return answer;
  const ids = answer.evidence.split(' ').map((id) => (/^(?:\d|intro-)/.test(id) ? id : `${prefix}-${id}`));
  return { ...answer, evidence: ids.join(' ') };
}

/** Several values of one item by their names, each with how ours is had. */
export type Parts = Readonly<Record<string, readonly [value: string, answer: Answer]>>;

const isDifference = (mark: string): boolean => /^D\d+$/.test(mark);
const isCause = (mark: string): mark is Cause => causes.some((cause) => cause === mark);

function draft(head: Pick<Draft, 'kind' | 'source' | 'id' | 'what' | 'parts'>, marks: readonly string[]): Draft {
  const cause = marks.find(isCause);
  return {
    ...head,
    differences: marks.filter(isDifference),
    ...(cause && { cause }),
    notes: marks.filter((mark) => !isDifference(mark) && !isCause(mark)),
  };
}

/** `marks`: disagreements it is a part of (`D2`), a cause of what lies beyond, and what must be known to read it. */
const single =
  (kind: ItemKind, source: Source) =>
  (id: string, what: string, value: string, answer: Answer, ...marks: readonly string[]): Draft =>
    draft({ kind, source, id, what, parts: [{ name: '', value, answer }] }, marks);

const partList = (parts: Parts): readonly Part[] =>
  Object.entries(parts).map(([name, [value, answer]]) => ({ name, value, answer }));

const several =
  (kind: ItemKind, source: Source) =>
  (id: string, what: string, parts: Parts, ...marks: readonly string[]): Draft =>
    draft({ kind, source, id, what, parts: partList(parts) }, marks);

const statedIn = (source: Source) => ({
  number: single('number', source),
  numbers: several('number', source),
  table: several('table', source),
  figure: single('figure', source),
  setting: single('setting', source),
  settings: several('setting', source),
  claim: single('claim', source),
});

/** What stands in the text. */
export const text = statedIn('text');
/** What is seen in a figure. */
export const figure = statedIn('figure');
/** What stands in the last version of a notebook. */
export const notebook = statedIn('notebook');
/** What stands in an older version of a notebook. */
export const older = statedIn('older notebook');

/** The same reference, of other arms under some protocols. */
type OtherArms<T> = Readonly<Partial<Record<Column, T>>>;

const ours = <T>(of: (arm: T) => Reference, arm: T | undefined, others: OtherArms<T> = {}): Ours => ({
  ...(arm !== undefined && { ours: of(arm) }),
  except: Object.fromEntries(Object.entries(others).map(([column, other]) => [column, of(other as T)])),
});

/** A quantity of an arm, or of other arms under some protocols. */
export const from = (quantity: string, arm: string | undefined, others?: OtherArms<string>): Ours =>
  ours((one) => ({ kind: 'quantity', quantity, arm: one }), arm, others);

type Arms = string | readonly string[];

/** A setting of one arm or of some, or of others under some protocols. */
export const read = (setting: SettingName, arms: Arms | undefined, others?: OtherArms<Arms>): Ours =>
  ours((some) => ({ kind: 'setting', setting, arms: [some].flat() }), arms, others);

/** A quantity of arms that differ in what was drawn for them alone: the first stands for all, and all are its range. */
export const drawnAgain = (quantity: string, [arm, ...draws]: readonly string[]): Ours => ({
  ours: { kind: 'quantity', quantity, arm: arm!, draws },
});

/** A parameter as it is drawn. */
export const drawn = (arm: string, tensor: string, index: number): Ours => ({
  ours: { kind: 'initial', arm, tensor, index },
});

/** Whether a fault of the code is on. */
export const switched = (bug: string): Ours => ({ ours: { kind: 'switch', bug } });

/** What a quantity is, in its own words. */
export const called = (quantity: string): Ours => ({ ours: { kind: 'label', quantity } });

/** A figure, or others under some protocols. */
export const shown = (id: string, others?: OtherArms<string>): Ours =>
  ours((one) => ({ kind: 'figure', figure: one }), id, others);

/** The verdicts on claims. */
export const judged = (...claims: readonly string[]): Ours => ({ ours: { kind: 'claims', claims } });

/** Different references under some columns. */
export const under = (columns: Readonly<Partial<Record<Column, Ours>>>): Ours => ({
  except: Object.fromEntries(Object.entries(columns).map(([column, { ours: own }]) => [column, own])),
});

const without =
  (reason: Reason) =>
  (evidence: string): Without => ({ reason, evidence });

/** Of the report itself. */
export const aboutReport = without('about the report');
/** In every run of ours; the file that holds it. */
export const builtIn = without('built in');
/** Nothing depends on it. */
export const noEffect = without('no effect');
/** No protocol makes it. */
export const outside = without('not in a protocol');
/** Of a version that made no reported number. */
export const olderVersion = without('older version');
/** What made it was not kept. */
export const lost = without('lost');
/** Not read yet. */
export const notComputed = without('not computed');
/** Said by other items of the section as well. */
export const restated = (...ids: readonly string[]): Without => ({ reason: 'restated', evidence: ids.join(' ') });

/** A table: what each column states for each row, in the order of the rows. */
export const table = (
  rowNames: readonly string[],
  columns: Readonly<Record<string, readonly [values: string, answer: (row: number) => Answer]>>,
): Parts =>
  Object.fromEntries(
    rowNames.flatMap((row, i) =>
      Object.entries(columns).map(([column, [values, answer]]) => [
        `${row}, ${column}`,
        [values.split(' ')[i]!, answer(i)] as const,
      ]),
    ),
  );

/** What the text sets for a network. */
export interface NetworkSettings {
  readonly denseLayers: string;
  readonly activation: string;
  readonly parameters: string;
  readonly loss: string;
  readonly learningRate: string;
  /** Absent where the text names none. */
  readonly weightDecay?: string;
}

const networkWords = {
  'dense-layers': ['Hidden layers', 'hiddenLayers', 'denseLayers'],
  activation: ['Activation', 'activation', 'activation'],
  parameters: ['Parameters', 'parameters', 'parameters'],
  loss: ['Loss', 'loss', 'loss'],
  optimizer: ['Optimizer', 'optimizer', 'optimizer'],
  'learning-rate': ['Learning rate', 'learningRate', 'learningRate'],
  'weight-decay': ['Weight decay', 'weightDecay', 'weightDecay'],
} as const;

/** One setting of a network. */
export type NetworkSetting = keyof typeof networkWords;

/** How each setting of a network is read, and what is to be said of some. */
export interface NetworkBlock {
  /** Behind the words, and before the ids: of a network among several. */
  readonly of?: { readonly id: string; readonly words: string };
  readonly arms: Arms;
  readonly others?: OtherArms<Arms>;
  readonly marks?: Readonly<Partial<Record<NetworkSetting, string>>>;
}

/** The settings of a network as the text lists them, all with the optimizer Adam. */
export function networkItems(values: Partial<NetworkSettings>, block: NetworkBlock): readonly Draft[] {
  const { of, arms, others, marks = {} } = block;
  const stated: Readonly<Record<string, string | undefined>> = { ...values, optimizer: 'Adam' };
  return Object.entries(networkWords).flatMap(([id, [words, setting, key]]) => {
    const value = stated[key];
    if (value === undefined) return [];
    const mark = marks[id as NetworkSetting];
    return [
      text.setting(
        of ? `${of.id}-${id}` : id,
        of ? `${words} of ${of.words}` : words,
        value,
        read(setting, arms, others),
        ...(mark === undefined ? [] : [mark]),
      ),
    ];
  });
}
