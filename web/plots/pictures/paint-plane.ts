import type { Picture } from '../../worker/protocol.js';
import { cssColor } from '../view.js';

/** Colours of the classes, by their place. */
export const planeColors = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'] as const;
/** Cells of the grid along each side. */
export const planeCells = 72;

type Rgb = readonly [number, number, number];

/** A registered colour property is computed to `rgb(r, g, b)`. */
function rgbOf(name: string): Rgb {
  const [r = 128, g = 128, b = 128] = (cssColor(name).match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/** Paints the outputs on an even grid: classes by their shares, values by their size to either side of 0. */
export function paintPlane(canvas: HTMLCanvasElement, { outputs, width }: Picture, labelled: boolean): void {
  const colors = planeColors.map(rgbOf);
  const image = new ImageData(planeCells, planeCells);
  const weights = new Float64Array(labelled ? width : 2);
  const scale = labelled ? 1 : largest(outputs);
  for (let i = 0; i < planeCells * planeCells; i++) {
    if (labelled) sharesInto(weights, outputs, i * width);
    else weights.set([Math.max(0, outputs[i * width]! / scale), Math.max(0, -outputs[i * width]! / scale)]);
    mixInto(image.data, 4 * i, weights, colors);
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

function largest(values: Float32Array): number {
  let most = 1e-9;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

/** Outputs of one point as shares of the classes. */
function sharesInto(weights: Float64Array, outputs: Float32Array, from: number): void {
  let [most, total] = [Number.NEGATIVE_INFINITY, 0];
  for (let k = 0; k < weights.length; k++) most = Math.max(most, outputs[from + k]!);
  for (let k = 0; k < weights.length; k++) {
    weights[k] = Math.exp(outputs[from + k]! - most);
    total += weights[k]!;
  }
  for (let k = 0; k < weights.length; k++) weights[k]! /= total;
}

/** The colours by their weights, the fuller the surer; grey where something is not finite. */
function mixInto(pixels: Uint8ClampedArray, at: number, weights: Float64Array, colors: readonly Rgb[]): void {
  let [red, green, blue, total, most] = [0, 0, 0, 0, 0];
  for (let k = 0; k < weights.length; k++) {
    const [weight, color] = [weights[k]!, colors[k % colors.length]!];
    red += weight * color[0];
    green += weight * color[1];
    blue += weight * color[2];
    total += weight;
    most = Math.max(most, weight);
  }
  const finite = Number.isFinite(total);
  pixels[at] = finite ? red / (total || 1) : 128;
  pixels[at + 1] = finite ? green / (total || 1) : 128;
  pixels[at + 2] = finite ? blue / (total || 1) : 128;
  pixels[at + 3] = finite ? 255 * (0.08 + 0.5 * Math.max(0, most - 0.35)) : 60;
}
