import type { ComponentChildren } from 'preact';
import { panelTables } from '../exports/panel-tables.js';
import { SaveMenu } from '../exports/save-menu.js';
import { Histograms } from '../plots/histograms.js';
import { Spectrum } from '../plots/spectrum.js';
import { TrajectoryPlane } from '../plots/trajectory-plane.js';
import type { Lab } from '../state/lab.js';
import { type PanelName, panelNames } from '../worker/protocol.js';
import { NumberField } from './fields.js';
import { bothOf, CurvatureChart, LayersChart } from './panel-charts.js';

/** Every panel with its title. */
export const panelTitles: Readonly<Record<PanelName, string>> = {
  layers: 'Gradient norm of each layer',
  histogram: 'Weights of each layer',
  lambdaMax: 'Largest curvature and its bound',
  spectrum: 'Spectrum of the Hessian',
  trajectory: 'Path of the weights',
};

const bodies: Readonly<Record<PanelName, (props: { lab: Lab }) => preact.JSX.Element>> = {
  layers: ({ lab }) => <LayersChart lab={lab} title={panelTitles.layers} />,
  histogram: HistogramBox,
  lambdaMax: ({ lab }) => <CurvatureChart lab={lab} title={panelTitles.lambdaMax} />,
  spectrum: SpectrumBox,
  trajectory: TrajectoryBox,
};

/** What can be measured besides; a panel that is closed costs nothing. */
export function Panels({ lab }: { lab: Lab }) {
  const open = lab.openPanels.value;
  return (
    <section class="panels" aria-label="Measured besides">
      <PanelChoice lab={lab} />
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
      {panelNames
        .filter((name) => open.includes(name))
        .map((name) => {
          const Body = bodies[name];
          return <Body key={name} lab={lab} />;
        })}
    </section>
  );
}

function PanelChoice({ lab }: { lab: Lab }) {
  const open = lab.openPanels.value;
  const toggle = (name: PanelName): void => {
    lab.openPanels.value = open.includes(name) ? open.filter((one) => one !== name) : [...open, name];
  };
  return (
    <fieldset class="row" aria-label="Panels">
      <span class="quiet">Measure as well:</span>
      {panelNames.map((name) => (
        <button key={name} type="button" aria-pressed={open.includes(name)} onClick={() => toggle(name)}>
          {panelTitles[name]}
        </button>
      ))}
    </fieldset>
  );
}

type BoxName = keyof typeof panelTables;

interface BoxProps {
  readonly lab: Lab;
  readonly name: BoxName;
  /** Whether there is anything to be saved. */
  readonly isThere: boolean;
  readonly children: ComponentChildren;
}

function Box({ lab, name, isThere, children }: BoxProps) {
  return (
    <div class="panel-box">
      <h3>{panelTitles[name]}</h3>
      {children}
      {isThere && <SaveMenu title={panelTitles[name]} table={() => panelTables[name](bothOf(lab))} />}
    </div>
  );
}

const isThere = (found: object | undefined): boolean => found !== undefined && !('none' in found);

function HistogramBox({ lab }: { lab: Lab }) {
  const [view, other] = [lab.active.value, lab.compared.value];
  const entries = view?.panels.value.histogram;
  return (
    <Box lab={lab} name="histogram" isThere={isThere(entries)}>
      <Histograms entries={entries ?? []} {...(other && { beside: other.panels.value.histogram ?? [] })} />
      {other && (
        <p>
          Bars: {view?.label}. Outline: {other.label}, after step {other.place.value.step.toLocaleString('en-US')}.
        </p>
      )}
    </Box>
  );
}

function SpectrumBox({ lab }: { lab: Lab }) {
  const [view, other] = [lab.active.value, lab.compared.value];
  const found = view?.panels.value.spectrum;
  return (
    <Box lab={lab} name="spectrum" isThere={isThere(found)}>
      <Spectrum
        of={found}
        label={view?.label ?? ''}
        beside={other && { of: other.panels.value.spectrum, label: other.label }}
      />
    </Box>
  );
}

function TrajectoryBox({ lab }: { lab: Lab }) {
  const view = lab.active.value;
  const found = view?.panels.value.trajectory;
  return (
    <Box lab={lab} name="trajectory" isThere={isThere(found)}>
      <TrajectoryPlane
        of={found}
        step={view?.place.value.step ?? 0}
        label={view?.label ?? ''}
        besideLabel={lab.compared.value?.label}
      />
    </Box>
  );
}
