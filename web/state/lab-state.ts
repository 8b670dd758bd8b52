import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { PanelName, PictureRequest, RunKey } from '../worker/protocol.js';
import type { RunView } from './run-view.js';

/** What a lab knows, and everything in the page listens to. */
export interface LabState {
  readonly runs: Signal<readonly RunView[]>;
  readonly activeKey: Signal<RunKey | undefined>;
  readonly comparedKey: Signal<RunKey | undefined>;
  readonly active: ReadonlySignal<RunView | undefined>;
  readonly compared: ReadonlySignal<RunView | undefined>;
  readonly pace: Signal<number>;
  readonly openPanels: Signal<readonly PanelName[]>;
  readonly panelEvery: Signal<number>;
  readonly picture: Signal<PictureRequest | undefined>;
}

/** The state of a lab without a run. */
export function newLabState(): LabState {
  const runs = signal<readonly RunView[]>([]);
  const activeKey = signal<RunKey | undefined>(undefined);
  const comparedKey = signal<RunKey | undefined>(undefined);
  const find = (key: RunKey | undefined) => runs.value.find((one) => one.key === key);
  return {
    runs,
    activeKey,
    comparedKey,
    active: computed(() => find(activeKey.value)),
    compared: computed(() => (comparedKey.value === activeKey.value ? undefined : find(comparedKey.value))),
    pace: signal(0),
    openPanels: signal<readonly PanelName[]>([]),
    panelEvery: signal(10),
    picture: signal<PictureRequest | undefined>(undefined),
  };
}
