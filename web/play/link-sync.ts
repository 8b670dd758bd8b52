import { effect, type Signal, signal } from '@preact/signals';
import { logX, logY } from '../plots/view.js';
import { editsOf } from '../state/edits.js';
import type { Lab } from '../state/lab.js';
import { remember } from '../state/last-visit.js';
import { type LinkRun, type LinkState, readLink, specsOf, writeLink } from '../state/link.js';
import { sorted } from '../state/presets.js';
import type { RunView } from '../state/run-view.js';

/** What is said about a link that could not be read. */
export const linkNotice: Signal<string | undefined> = signal(undefined);

const address = '#/play';
/** The state of a lab, to be written into a link. */
export function stateOf(lab: Lab): LinkState {
  const views = lab.runs.value;
  const place = (view: RunView | undefined): number => Math.max(0, view ? views.indexOf(view) : 0);
  const compared = lab.compared.value;
  return {
    runs: views.map((view) => linkRun(view, views)),
    active: place(lab.active.value),
    ...(compared && { compared: place(compared) }),
    step: lab.active.value?.place.value.step ?? 0,
    pace: lab.pace.value,
    panels: lab.openPanels.value,
    every: lab.panelEvery.value,
    logX: logX.value,
    logY: logY.value,
  };
}

function linkRun({ spec, parent }: RunView, views: readonly RunView[]): LinkRun {
  const from = parent ? views.findIndex(({ key }) => key === parent.key) : -1;
  // The specs of branches hold all edits, so one whose parent is gone is a run of its own.
  if (from < 0 || !parent) return { spec };
  return { parent: from, atStep: parent.atStep, edits: editsOf(spec) };
}

/** Comes to the runs of a state again: each is trained to where it was left, exactly. */
export function comeTo(lab: Lab, state: LinkState): void {
  for (const view of lab.runs.value) lab.remove(view);
  logX.value = state.logX;
  logY.value = state.logY;
  lab.pace.value = state.pace;
  lab.openPanels.value = state.panels;
  lab.panelEvery.value = state.every;
  const specs = specsOf(state);
  const views: RunView[] = [];
  state.runs.forEach((run, i) => {
    if ('spec' in run) views.push(lab.open(specs[i]!, { keepOld: true }));
    else views.push(lab.branch(views[run.parent]!, run.atStep, specs[i]!));
  });
  const active = views[state.active]!;
  lab.show(active);
  lab.compare(state.compared === undefined ? undefined : views[state.compared]);
  if (state.step > 0) lab.seek(state.step);
}

/** What the address has behind that of the page. */
const linkInAddress = (): string =>
  location.hash.startsWith(`${address}/`) ? location.hash.slice(address.length + 1) : '';

/** Reads the address; a link that is none of ours says so, and the lab opens as usual. */
export async function openAddress(lab: Lab): Promise<void> {
  const text = linkInAddress();
  linkNotice.value = undefined;
  try {
    comeTo(lab, await readLink(text));
  } catch (error) {
    linkNotice.value = `${(error as Error).message}. The lab opened with its usual run instead.`;
    comeTo(lab, await readLink(''));
  }
}

/** Follows an address that was pasted, clicked or gone back to. Runs that are there already are not trained again. */
export async function followAddress(lab: Lab): Promise<void> {
  const text = linkInAddress();
  if (text === '') return;
  const state = await readLink(text).catch(() => undefined);
  if (!state || sorted(state.runs) !== sorted(stateOf(lab).runs)) return openAddress(lab);
  const views = lab.runs.value;
  if (views[state.active]?.place.value.playing) return;
  lab.show(views[state.active]!);
  lab.compare(state.compared === undefined ? undefined : views[state.compared]);
  lab.seek(state.step);
}

/** Keeps address and memory at the state of a lab. Returns what ends it. */
export function keepAddress(lab: Lab): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = async (): Promise<void> => {
    timer = undefined;
    // Too many points for a link: the address is that of the page alone.
    const link = await writeLink(stateOf(lab)).catch(() => '');
    if (!location.hash.startsWith(address)) return;
    history.replaceState(null, '', link === '' ? address : `${address}/${link}`);
    remember(link, lab);
  };
  const stop = effect(() => {
    const { runs } = stateOf(lab);
    if (runs.length === 0) return;
    // While it runs the step changes with every frame: now and then one is written, so that a reload loses little.
    if (lab.active.value?.place.value.playing) timer ??= setTimeout(write, runningMs);
    else {
      clearTimeout(timer);
      timer = setTimeout(write, restMs);
    }
  });
  const beforeLeaving = (): void => void write();
  addEventListener('pagehide', beforeLeaving);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener('pagehide', beforeLeaving);
  };
}

const restMs = 400;
const runningMs = 2000;
