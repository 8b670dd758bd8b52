import { Mt19937 } from '../../base/mt19937.js';
import { initializeParameters } from '../../base/torch-random.js';
import { isSameSetting, type Reference, type SettingSubject, settingText, subjectOf } from '../../original/index.js';
import type { Preset, Protocol } from '../../study/experiment.js';

type Of<K extends Reference['kind']> = Extract<Reference, { kind: K }>;

/** Presets in the original's own sizes, its own first. */
export const fullPresets = ({ presets }: Protocol): readonly Preset[] =>
  [presets.report, presets.study, presets.quick].flatMap((preset) => (preset && !preset.miniature ? [preset] : []));

/** Of each preset what its arms set, as far as it was asked for: hundreds of settings are read from a few arms. */
const known = new WeakMap<Preset, Map<string, SettingSubject | undefined>>();

function knownSubject(preset: Preset, arm: string): SettingSubject | undefined {
  const own = known.get(preset) ?? new Map<string, SettingSubject | undefined>();
  known.set(preset, own);
  if (!own.has(arm)) own.set(arm, subjectOf(preset, arm));
  return own.get(arm);
}

/** What some arms set; of each the first preset in full size that has it. */
const subjectsOf = (protocol: Protocol, arms: readonly string[]): readonly SettingSubject[] =>
  arms.flatMap((arm) =>
    fullPresets(protocol)
      .flatMap((preset) => knownSubject(preset, arm) ?? [])
      .slice(0, 1),
  );

/** A setting as the specs of a protocol have it; undefined if it has no such arm. */
export const settingIn = (protocol: Protocol, { setting, arms }: Of<'setting'>): string | undefined =>
  settingText(setting, subjectsOf(protocol, arms));

/** Whether it is the same as what is stated. */
export { isSameSetting };

/**
 * A parameter of a trial before its first step, as a spec draws it; undefined if there is no such arm or tensor.
 */
export function initialIn(protocol: Protocol, { arm, tensor, index }: Of<'initial'>): number | undefined {
  const [subject] = subjectsOf(protocol, [arm]);
  if (subject?.tensors === undefined || subject.seed === undefined) return undefined;
  const rng = new Mt19937(subject.seed);
  for (let i = 0; i < (subject.skip ?? 0); i++) rng.next();
  const values = initializeParameters(rng, subject.tensors);
  const at = subject.tensors.findIndex(({ name }) => name === tensor);
  const before = subject.tensors.slice(0, at).reduce((total, { size }) => total + size, 0);
  return at < 0 ? undefined : values[before + index];
}
