import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Chart } from '../plots/chart.js';
import { Histograms } from '../plots/histograms.js';
import { Spectrum } from '../plots/spectrum.js';
import { TrajectoryPlane } from '../plots/trajectory-plane.js';
import type { Lab } from '../state/lab.js';
import { type PanelName, panelNames } from '../worker/protocol.js';
import { NumberField } from './fields.js';

const titles: Readonly<Record<PanelName, string>> = {
  layers: 'Gradient norm of each layer',
  histogram: 'Weights of each layer',
  lambdaMax: 'Largest curvature and its bound',
  spectrum: 'Spectrum of the Hessian',
  trajectory: 'Path of the weights',
};

/** What can be measured besides; a panel that is closed costs nothing. */
export function Panels({ lab }: { lab: Lab }) {
  const open = lab.openPanels.value;
  const toggle = (name: PanelName): void => {
    lab.openPanels.value = open.includes(name) ? open.filter((one) => one !== name) : [...open, name];
  };
  return (
    <section class="panels" aria-label="Measured besides">
      <fieldset class="row" aria-label="Panels">
        {panelNames.map((name) => (
          <button key={name} type="button" aria-pressed={open.includes(name)} onClick={() => toggle(name)}>
            {titles[name]}
          </button>
        ))}
      </fieldset>
      {(open.includes('layers') || open.includes('lambdaMax')) && (
        <NumberField
          label="Measured every so many steps"
          value={lab.panelEvery.value}
          min={1}
          max={10_000}
          step={1}
          onChange={(every) => {
            lab.panelEvery.value = every;
          }}
        />
      )}
      {open.includes('layers') && <Layers lab={lab} />}
      {open.includes('histogram') && (
        <Box title={titles.histogram}>
          <Histograms entries={lab.active.value?.panels.value.histogram ?? []} />
        </Box>
      )}
      {open.includes('lambdaMax') && <Curvature lab={lab} />}
      {open.includes('spectrum') && (
        <Box title={titles.spectrum}>
          <Spectrum of={lab.active.value?.panels.value.spectrum} />
        </Box>
      )}
      {open.includes('trajectory') && (
        <Box title={titles.trajectory}>
          <TrajectoryPlane
            of={lab.active.value?.panels.value.trajectory}
            step={lab.active.value?.place.value.step ?? 0}
          />
        </Box>
      )}
    </section>
  );
}

function Box({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="panel-box">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

const colors = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'] as const;

function Layers({ lab }: { lab: Lab }) {
  const samples = lab.active.value?.facts.value?.samples;
  const part =
    samples?.digits && samples.size > 1000 ? 'of the first 1,000 training samples' : 'of all training samples';
  return (
    <Chart
      title={titles.layers}
      unit={part}
      lines={() => {
        const { points } = lab.active.value ?? {};
        return [...(points ?? [])]
          .filter(([name]) => name.startsWith('layer '))
          .map(([label, series], i, all) => ({
            label,
            series,
            color: colors[Math.floor((i * colors.length) / all.length) % colors.length]!,
            ...(i % 2 === 1 && { dash: [4, 3] }),
          }));
      }}
      revision={() => [lab.active.value?.revision.value, lab.active.value?.place.value.step]}
      step={() => lab.active.value?.place.value.step ?? 0}
      onPick={lab.seek}
    />
  );
}

function Curvature({ lab }: { lab: Lab }) {
  const facts = useComputed(() => lab.active.value?.panels.value.curvature);
  const none = facts.value && 'none' in facts.value ? facts.value.none : undefined;
  if (none) {
    return (
      <Box title={titles.lambdaMax}>
        <p class="empty">{none}</p>
      </Box>
    );
  }
  const adam = facts.value && 'of' in facts.value && facts.value.of === 'preconditionedLambdaMax';
  return (
    <Chart
      title={titles.lambdaMax}
      unit={adam ? 'of the Hessian as Adam scales it' : 'of the Hessian'}
      lines={() => {
        const series = lab.active.value?.points.get('lambdaMax');
        return series ? [{ label: 'largest eigenvalue', series, color: '--line-3' }] : [];
      }}
      revision={() => [lab.active.value?.revision.value, lab.active.value?.panels.value.bound]}
      step={() => lab.active.value?.place.value.step ?? 0}
      level={() => {
        const value = lab.active.value?.panels.value.bound;
        return value === undefined ? undefined : { value, label: 'steps grow above this' };
      }}
      onPick={lab.seek}
    />
  );
}
