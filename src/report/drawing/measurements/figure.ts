import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../../../base/errors.js';
import { lossesByKind } from '../../../engine/losses/index.js';
import type { LossName } from '../../../engine/network-spec.js';
import type { MeasurementResult } from '../../../tasks/measurement-spec.js';
import { figurePadding, figureTheme } from '../figure-theme.js';
import type { FiguredMeasure } from '../figured-readings.js';
import { vegaSpec } from '../vega-spec.js';
import { hessianCurves, interpolationCurves, type MeasuredCurves, spectrumCurves, trajectoryCurves } from './curves.js';
import { surfacePanels } from './surface.js';
import type { MeasuredNetwork } from './text.js';

const curvesOf: Readonly<Record<Exclude<FiguredMeasure, 'surface'>, (measured: MeasuredNetwork) => MeasuredCurves>> = {
  hessian: hessianCurves,
  spectrum: spectrumCurves,
  interpolation: interpolationCurves,
  trajectory: trajectoryCurves,
};

/**
 * Vega-Lite spec of the figure of one measurement, with its data in it. `of` names what was measured, for the title.
 * @throws UserError if no number in it is finite
 */
export function measurementFigure(
  name: FiguredMeasure,
  { values, columns }: MeasurementResult,
  { of, loss }: { readonly of: string; readonly loss: LossName },
): TopLevelSpec {
  const measured = { values, columns, lossUnit: lossesByKind[loss].words };
  const spec = name === 'surface' ? surfaceSpec(measured, of) : curvesSpec(curvesOf[name](measured), of);
  if (spec === undefined)
    throw new UserError(`figure: expected a measurement with finite numbers, got none in ${name}`);
  return spec;
}

function curvesSpec({ title, subtitle, drawing }: MeasuredCurves, of: string): TopLevelSpec | undefined {
  return drawing && { ...vegaSpec(drawing, 'wide'), title: heading(title, subtitle, of) };
}

function surfaceSpec(measured: MeasuredNetwork, of: string): TopLevelSpec | undefined {
  const surface = surfacePanels(measured);
  if (surface === undefined) return undefined;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: heading(surface.title, surface.subtitle, of),
    padding: figurePadding,
    config: figureTheme(1),
    spacing: 30,
    hconcat: surface.panels,
    resolve: { scale: { color: 'independent', strokeDash: 'independent' } },
  } as TopLevelSpec;
}

const heading = (title: string, subtitle: string, of: string) => ({
  text: `${title}, ${of}`,
  subtitle: linesOf(subtitle),
});

/** Lines of at most some 95 letters, broken between sentences. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const sentence of text.split(/(?<=\.) (?=[A-Z])/)) {
    const longer = `${lines.at(-1)} ${sentence}`;
    if (lines.length > 0 && longer.length <= 95) lines[lines.length - 1] = longer;
    else lines.push(sentence);
  }
  return lines;
}
