import type { RunView } from '../state/run-view.js';
import type { PanelData, PanelName, PlanePath } from '../worker/protocol.js';
import type { Table } from './csv.js';

type Row = Table['rows'][number];

/** What panels show of some runs, the one that is shown first, as numbers. */
export const panelTables: Readonly<
  Record<Exclude<PanelName, 'layers' | 'lambdaMax'>, (views: readonly RunView[]) => Table>
> = {
  histogram: (views) => ({
    columns: ['run', 'tensor', 'from', 'to', 'weights'],
    rows: views.flatMap(({ label, panels }) => (panels.value.histogram ?? []).flatMap((one) => binRows(label, one))),
  }),
  spectrum: (views) => ({
    columns: ['run', 'step', 'eigenvalue'],
    rows: views.flatMap(({ label, panels }) => spectrumRows(label, panels.value.spectrum)),
  }),
  trajectory: ([view, beside]) => ({
    columns: ['run', 'step', 'x', 'y'],
    rows: pathRows(view?.panels.value.trajectory, [view?.label ?? '', beside?.label ?? '']),
  }),
};

type Bins = NonNullable<PanelData['histogram']>[number];

const binRows = (run: string, { name, low, high, counts }: Bins): readonly Row[] =>
  counts.map((count, i) => {
    const edge = (at: number): number => low + ((high - low) * at) / counts.length;
    return [run, name, edge(i), edge(i + 1), count];
  });

const spectrumRows = (run: string, found: PanelData['spectrum']): readonly Row[] =>
  found && 'values' in found ? found.values.map((value) => [run, found.step, value]) : [];

function pathRows(found: PanelData['trajectory'], [run, other]: readonly [string, string]): readonly Row[] {
  if (!found || 'none' in found) return [];
  const rows = (name: string, { steps, x, y }: PlanePath): readonly Row[] =>
    steps.map((step, i) => [name, step, x[i]!, y[i]!]);
  return [...rows(run, found.path), ...(found.beside ? rows(other, found.beside) : [])];
}
