import type { Column, Ours, Reference, Source } from '../../original/index.js';
import { presetSeconds } from '../../study/estimate.js';
import type { Experiment, Preset, Protocol, Quantity } from '../../study/experiment.js';
import { presetOfArms } from '../../study/judged-preset.js';
import { protocolIds } from '../../study/names.js';
import type { SectionModel } from '../model/page-model.js';
import { durationText } from '../model/verdict-words.js';
import {
  armsOf,
  cellOf,
  type QuantityCell,
  type Spread,
  spread,
  twinValues,
  valuesOf,
} from '../tables/quantity-rows.js';
import { type ReportRun, runKey } from '../tables/run.js';
import { type Agreement, numberAgreement } from './agreement.js';
import type { Held } from './among-twins.js';
import { printedNumber } from './printed.js';
import { fullPresets, initialIn, isSameSetting, settingIn } from './setting.js';

/** What is known of an experiment under one protocol. */
export interface Ground {
  readonly experiment: Experiment;
  readonly section: SectionModel;
  readonly protocol: Protocol;
  /** Its runs in full size as one; undefined without any. */
  readonly run: ReportRun | undefined;
  /** The same runs, each by itself. */
  readonly runs: readonly ReportRun[];
}

/** Ours in one column. */
export type OursCell =
  | { readonly missing: string }
  | { readonly text: string; readonly place: string; readonly agreement?: Agreement; readonly held?: Held };

/** A value of the original as it stands there, and where that is. */
export interface Stated {
  readonly value: string;
  readonly source: Source;
}

/** Columns in the order in which they are shown. */
export const columns: readonly Column[] = ['as-written', 'as-coded', 'other-version', 'as-intended'];

/** The protocol of a column: other versions are arms beside those of the code. */
const protocolOf = (column: Column) => (column === 'other-version' ? 'as-coded' : column);

/** Ours of a stated value in every column that has it, in the order of the columns. */
export function cellsOf(
  { ours, except = {} }: Ours,
  stated: Stated,
  grounds: readonly Ground[],
): ReadonlyMap<Column, OursCell> {
  const found = columns.flatMap((column) => {
    const ground = grounds.find(({ protocol }) => protocol.id === protocolOf(column));
    const reference = except[column] ?? (column === 'other-version' ? undefined : ours);
    if (ground === undefined || reference === undefined) return [];
    const isSameThing =
      except[column] !== undefined || reference.kind !== 'quantity' || isFirst(reference, ground, grounds);
    const cell = isSameThing ? cellIn(reference, stated, ground) : undefined;
    return cell === undefined ? [] : [[column, isMeant(column, reference) ? withoutAgreement(cell) : cell] as const];
  });
  return new Map(found);
}

/** What is meant is another experiment: its numbers are not expected to be the original's. */
const isMeant = (column: Column, { kind }: Reference): boolean => column === 'as-intended' && kind === 'quantity';
const withoutAgreement = (cell: OursCell): OursCell => ('text' in cell ? { text: cell.text, place: cell.place } : cell);

/** Whether a protocol means by a quantity what the first protocol that has it means: no number stands for another. */
function isFirst(reference: Of<'quantity'>, ground: Ground, grounds: readonly Ground[]): boolean {
  const all = ground.experiment.protocols.flatMap(({ id }) => grounds.filter(({ protocol }) => protocol.id === id));
  const [first] = all.flatMap(({ protocol }) => quantityIn(protocol, reference) ?? []);
  return first?.label === quantityIn(ground.protocol, reference)?.label;
}

type Of<K extends Reference['kind']> = Extract<Reference, { kind: K }>;
type Takers = {
  readonly [K in Reference['kind']]: (reference: Of<K>, stated: Stated, ground: Ground) => OursCell | undefined;
};

const takers: Takers = {
  quantity: quantityCell,
  setting: (reference, stated, { protocol, section }) => {
    const text = settingIn(protocol, reference);
    return text === undefined ? undefined : settingCell(text, stated.value, section);
  },
  initial: (reference, stated, { protocol, section }) => {
    const value = initialIn(protocol, reference);
    if (value === undefined) return undefined;
    return settingCell(value.toFixed(printedNumber(stated.value)?.decimals ?? 4), stated.value, section);
  },
  switch: ({ bug }, _, { protocol, section }) => {
    const own = protocol.bugs?.[bug];
    return own && { text: `${own.about}: ${own.standard ? 'on' : 'off'}`, place: settingsPlace(section) };
  },
  label: ({ quantity }, _, { protocol, section }) => {
    const own = protocol.quantities.find(({ id }) => id === quantity);
    return own && { text: own.label, place: settingsPlace(section) };
  },
  figure: figureCell,
  claims: claimsCell,
};

/** The compiler does not see that a reference and the function under its kind belong together. */
const cellIn = <K extends Reference['kind']>(reference: { readonly kind: K }, stated: Stated, ground: Ground) =>
  takers[reference.kind](reference as Of<K>, stated, ground);

/** Where the settings of a section stand. */
export const settingsPlace = ({ id }: Pick<SectionModel, 'id'>): string => `#${id}.settings`;

const settingCell = (text: string, stated: string, section: SectionModel): OursCell => ({
  text,
  place: settingsPlace(section),
  ...(stated !== '(not given)' && { agreement: isSameSetting(stated, text) ? sameSetting : otherSetting }),
});

const sameSetting: Agreement = { standing: 'same', words: 'the same' };
const otherSetting: Agreement = { standing: 'other', words: 'another' };

/** The quantity of a protocol, if it takes it of the arm. */
function quantityIn(protocol: Protocol, { quantity: id, arm }: Of<'quantity'>): Quantity | undefined {
  return protocol.quantities.find(
    (quantity) => quantity.id === id && fullPresets(protocol).some((preset) => hasArm(preset, quantity, arm)),
  );
}

const hasArm = (preset: Preset, quantity: Quantity, arm: string): boolean =>
  armsOf({ preset }, quantity).some(({ id }) => id === arm);

function quantityCell(reference: Of<'quantity'>, stated: Stated, ground: Ground): OursCell | undefined {
  const { protocol, run, section } = ground;
  const quantity = quantityIn(protocol, reference);
  if (quantity === undefined) return undefined;
  const cell = run && cellOf(run, quantity, reference.arm, undefined);
  if (cell?.seeds === undefined) return { missing: cell?.note === '' ? 'no value' : price(ground, [reference.arm]) };
  const printed = printedNumber(stated.value, stated.source);
  const agreement = printed && numberAgreement(printed, cell, drawsOf(run!, quantity, reference));
  return {
    text: measuredText(cell, Math.max(quantity.decimals, printed?.decimals ?? 0)),
    place: `#${section.id}.numbers`,
    ...(agreement && { agreement, held: { stated: printed, twins: twinValues(run!, quantity, reference.arm) } }),
  };
}

/** Values over arms that differ in what was drawn for them alone. */
const drawsOf = (run: ReportRun, quantity: Quantity, { arm, draws = [] }: Of<'quantity'>): Spread | undefined =>
  draws.length === 0
    ? undefined
    : spread(
        valuesOf(
          [...run.trials, ...run.measurements].filter((task) => [arm, ...draws].includes(task.arm.id)),
          quantity,
        ),
      );

const measuredText = ({ seeds, note }: QuantityCell, decimals: number): string =>
  `${seeds!.median.toFixed(decimals)}${note === '' ? '' : ` (${note})`}`;

/** What it takes to run some arms in full size, and how. */
function price({ experiment, protocol }: Ground, arms: readonly string[]): string {
  const names = ['report', 'study', 'quick'] as const;
  const name = names.find((one) => idsOf(protocol.presets[one]).length > 0 && hasArms(protocol.presets[one], arms));
  const preset = name && protocol.presets[name];
  if (preset === undefined) return 'not run: it has no preset in full size';
  const hours = presetSeconds(onlyArms(preset, arms)) / 3600;
  const command = `descent run ${experiment.id} --protocol ${protocol.id} --preset ${name}`;
  return `not run: about ${durationText(hours)} of one core, ${command}`;
}

const idsOf = (preset: Preset | undefined): readonly string[] =>
  preset === undefined || preset.miniature ? [] : [...preset.arms, ...preset.measurements].map(({ id }) => id);

const hasArms = (preset: Preset | undefined, arms: readonly string[]): boolean =>
  arms.every((arm) => idsOf(preset).includes(arm));

/** Some arms of a preset; all of it where none is named, or one is of all seeds. */
function onlyArms(preset: Preset, arms: readonly string[]): Preset {
  if (arms.length === 0) return preset;
  const isAcross = preset.measurements.some(({ id, acrossSeeds }) => acrossSeeds === true && arms.includes(id));
  return isAcross ? preset : presetOfArms(preset, arms);
}

function figureCell({ figure: id }: Of<'figure'>, _: Stated, ground: Ground): OursCell | undefined {
  const { protocol, runs, section } = ground;
  if (!protocol.figures.some((figure) => figure.id === id)) return undefined;
  const keys = runs.map((run) => `${runKey(run)}-${id}`);
  const key = keys.find((one) => section.figures.some((figure) => figure.key === one));
  return key === undefined ? { missing: price(ground, []) } : { text: `figures/${key}.png`, place: `#${key}` };
}

function claimsCell({ claims: ids }: Of<'claims'>, _: Stated, { protocol, section }: Ground): OursCell | undefined {
  const claims = ids.flatMap((id) => section.claims.filter((claim) => claim.id === id));
  const made = claims.filter(({ cells }) => cells[protocol.id].outcome !== 'notClaimed');
  if (made.length === 0) return undefined;
  const text = made.map(({ id, cells }) => `${id}: ${cells[protocol.id].text}`).join('; ');
  const isUnrun = made.every(({ cells }) => cells[protocol.id].outcome === 'notRun');
  return isUnrun ? { missing: text } : { text, place: made[0]!.link };
}

/** Protocols of a section that have a column. */
export const groundsIn = (all: readonly Ground[], experiment: string): readonly Ground[] =>
  protocolIds.flatMap((id) => all.filter((one) => one.experiment.id === experiment && one.protocol.id === id));
