import { type Signal, signal } from '@preact/signals';
import { logY } from '../plots/view.js';
import { keep, readKept } from '../state/kept.js';
import type { Lab } from '../state/lab.js';
import type { PlayState } from './use-play.js';

/** Every key with what it does, as the help lists them. */
export const keyWords: readonly (readonly [string, string])[] = [
  ['Space', 'run or pause'],
  ['← →', 'one step back or on; with Shift ten'],
  ['Home End', 'to the first step, to the furthest'],
  ['n', 'branch here'],
  ['r', 'reset to the same first weights'],
  ['s', 'next seed'],
  ['b', 'compare with the other run'],
  ['l', 'logarithmic or linear values'],
  ['?', 'this list'],
];

const keptName = 'descent.keys';

/** Whether these keys do anything outside of a control; remembered. A voice or a hand may press them unasked. */
export const keysOn: Signal<boolean> = signal(readKept(keptName) !== 'off');

/** Switches the keys on or off for this visit and later ones. */
export function switchKeys(on: boolean): void {
  keysOn.value = on;
  keep(keptName, on ? 'on' : 'off');
}

/** The keys of a control as assistive technology reads them out; none while they are switched off. */
export const shortcut = (keys: string): string | undefined => (keysOn.value ? keys : undefined);

const ownsKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, select, textarea, button, summary, dialog, [role=application]') !== null;

/** Listens to keys that are not a control's own. Returns what ends it. */
export function listenToKeys(lab: Lab, play: PlayState): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (!keysOn.value || event.ctrlKey || event.metaKey || event.altKey || ownsKeys(event.target)) return;
    const action = actionOf(event, lab, play);
    if (!action) return;
    event.preventDefault();
    action();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

function actionOf({ key, shiftKey }: KeyboardEvent, lab: Lab, play: PlayState): (() => void) | undefined {
  const place = lab.active.value?.place.value;
  if (!place) return undefined;
  const stride = shiftKey ? 10 : 1;
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => (place.playing ? lab.pause() : lab.play()),
    ArrowLeft: () => lab.seek(place.step - stride),
    ArrowRight: () => lab.seek(place.step + stride),
    Home: () => lab.seek(0),
    End: () => lab.seek(place.head),
    n: play.branchHere,
    r: () => lab.seek(0),
    s: play.nextSeed,
    b: () => compareOther(lab),
    l: () => {
      logY.value = !logY.value;
    },
  };
  return actions[key];
}

/** Sets another run beside the one that is shown, or takes it away. */
function compareOther(lab: Lab): void {
  const other = lab.runs.value.find((view) => view !== lab.active.value);
  lab.compare(lab.compared.value ? undefined : other);
}
