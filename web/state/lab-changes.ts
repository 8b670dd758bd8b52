import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import type { Request } from '../worker/protocol.js';
import type { LabState } from './lab-state.js';
import { newBranchView, newRunView, type RunView } from './run-view.js';

type Post = (request: Request) => void;

/** What changes which runs a lab has, and which of them are shown. */
export function changesOf(state: LabState, post: Post) {
  const { runs, active, compared, comparedKey } = state;
  let made = 0;
  const named = (): Pick<RunView, 'key' | 'label'> => ({ key: `run${++made}`, label: labelOf(runs.value) });
  const remove = (view: RunView): void => drop(state, post, view);
  /** Shows a new run; the worker has been asked for it. */
  const begin = (view: RunView): RunView => {
    runs.value = [...runs.value, view];
    show(state, post, view);
    for (let old = oneTooMany(state); old; old = oneTooMany(state)) remove(old);
    return view;
  };
  return {
    open(spec: TrialSpec, { keepOld = false }: { readonly keepOld?: boolean } = {}): RunView {
      const old = active.value;
      if (old && !keepOld) remove(old);
      if (compared.value && !isSame(compared.value.spec.data, spec.data)) comparedKey.value = undefined;
      const view = newRunView({ ...named(), spec, parent: undefined });
      post({ kind: 'open', run: view.key, spec });
      return begin(view);
    },
    branch(from: RunView, atStep: number, spec: TrialSpec): RunView {
      const view = newBranchView({ ...named(), spec }, from, atStep);
      post({ kind: 'open', run: view.key, spec, from: { run: from.key, atStep } });
      comparedKey.value = from.key;
      return begin(view);
    },
    show: (view: RunView): void => show(state, post, view),
    compare(view: RunView | undefined): void {
      comparedKey.value = view?.key;
    },
    remove,
  };
}

/** Runs on other samples have nothing in common that a chart could show. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function show({ active, activeKey }: LabState, post: Post, view: RunView): void {
  const before = active.value;
  if (before && before.key !== view.key) post({ kind: 'pause', run: before.key });
  activeKey.value = view.key;
}

function drop({ runs, comparedKey }: LabState, post: Post, view: RunView): void {
  post({ kind: 'close', run: view.key });
  runs.value = runs.value.filter(({ key }) => key !== view.key);
  if (comparedKey.value === view.key) comparedKey.value = undefined;
}

/** As many as a link holds. */
const mostRuns = 8;

/** An old run that makes room for new ones: one from which no other branches, where there is one. */
function oneTooMany({ runs, activeKey, comparedKey }: LabState): RunView | undefined {
  if (runs.value.length <= mostRuns) return undefined;
  const parents = new Set(runs.value.map(({ parent }) => parent?.key));
  const unseen = runs.value.filter(({ key }) => key !== activeKey.value && key !== comparedKey.value);
  return unseen.find(({ key }) => !parents.has(key)) ?? unseen[0];
}

/** The first letter that no run has. */
function labelOf(runs: readonly RunView[]): string {
  const used = new Set(runs.map(({ label }) => label));
  for (let i = 0; ; i++) {
    const label = i < 26 ? String.fromCharCode(65 + i) : `R${i}`;
    if (!used.has(label)) return label;
  }
}
