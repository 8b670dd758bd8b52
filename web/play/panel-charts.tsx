import { useComputed } from '@preact/signals';
import { Chart } from '../plots/chart.js';
import type { Level } from '../plots/chart-props.js';
import { type Line, otherDash } from '../plots/draw-line.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';
import type { PanelData } from '../worker/protocol.js';

interface Props {
  readonly lab: Lab;
  readonly title: string;
}

const colors = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'] as const;

const measuredAgain = 'Steps that were taken before are measured when they are taken again.';

/** The gradient norm of each layer over steps; lines of a run that is compared are dashed. */
export function LayersChart({ lab, title }: Props) {
  const samples = lab.active.value?.facts.value?.samples;
  const part =
    samples?.digits && samples.size > 1000 ? 'of the first 1,000 training samples' : 'of all training samples';
  return (
    <Chart
      title={title}
      unit={part}
      lines={() => bothOf(lab).flatMap(layerLines)}
      revision={() => bothOf(lab).map((view) => [view.revision.value, view.place.value.step])}
      step={() => lab.active.value?.place.value.step ?? 0}
      empty={`Run it, and the norms are drawn as they are measured. ${measuredAgain}`}
      onPick={lab.seek}
    />
  );
}

/** The run that is shown, then the one beside it. */
export function bothOf({ active, compared }: Lab): readonly RunView[] {
  return [active.value, compared.value].filter((view) => view !== undefined);
}

function layerLines({ points, label: run }: RunView, place: number, { length }: readonly RunView[]): readonly Line[] {
  const named = [...points].filter(([name]) => name.startsWith('layer '));
  return named.map(([name, series], i) => ({
    label: length > 1 ? `${name} ${run}` : name,
    series,
    color: colors[Math.floor((i * colors.length) / named.length) % colors.length]!,
    ...dashOf(place === 1, length === 1 && i % 2 === 1),
  }));
}

/** Dashes tell two runs apart; where there is one, neighbouring layers. */
function dashOf(isOther: boolean, isSecond: boolean): Pick<Line, 'dash'> {
  if (isOther) return { dash: otherDash };
  return isSecond ? { dash: [4, 3] } : {};
}

type Curvature = NonNullable<PanelData['curvature']>;
const ofWords = {
  lambdaMax: 'of the Hessian',
  preconditionedLambdaMax: 'of the Hessian as Adam scales it',
} as const;

const noneOf = (curvature: Curvature | undefined) => (curvature && 'none' in curvature ? curvature.none : undefined);
const wordsOf = (curvature: Curvature | undefined) =>
  ofWords[curvature && 'of' in curvature ? curvature.of : 'lambdaMax'];

/** The largest curvature over steps against the bound above which steps grow. */
export function CurvatureChart({ lab, title }: Props) {
  // Texts, as what comes from the worker is another object with every update.
  const none = useComputed(() => noneOf(lab.active.value?.panels.value.curvature)).value;
  const unit = useComputed(() => wordsOf(lab.active.value?.panels.value.curvature)).value;
  if (none !== undefined) {
    return (
      <div class="panel-box">
        <h3>{title}</h3>
        <p class="empty">{none}</p>
      </div>
    );
  }
  return (
    <Chart
      title={title}
      unit={unit}
      lines={() => bothOf(lab).flatMap(curvatureLine)}
      revision={() => bothOf(lab).map((view) => [view.revision.value, view.panels.value.bound])}
      step={() => lab.active.value?.place.value.step ?? 0}
      levels={() => boundsOf(bothOf(lab))}
      empty={`Run it, and the curvature is drawn as it is measured. ${measuredAgain}`}
      onPick={lab.seek}
    />
  );
}

function curvatureLine({ points, label }: RunView, place: number, { length }: readonly RunView[]): readonly Line[] {
  const series = points.get('lambdaMax');
  const name = `largest eigenvalue${length > 1 ? ` ${label}` : ''}`;
  const how = place === 1 ? { color: '--line-2', dash: otherDash } : { color: '--line-3' };
  return series ? [{ label: name, series, ...how }] : [];
}

/** The bound of each run, one where they are the same. */
function boundsOf(views: readonly RunView[]): readonly Level[] {
  const bounds = views.map(({ label, panels }) => ({ label, bound: panels.value.bound }));
  const values = new Set(bounds.map(({ bound }) => bound));
  if (values.size <= 1) {
    const value = bounds[0]?.bound;
    return value === undefined ? [] : [{ value, label: 'steps grow above this' }];
  }
  return bounds.flatMap(({ label, bound }) =>
    bound === undefined ? [] : [{ value: bound, label: `steps of ${label} grow above this` }],
  );
}
