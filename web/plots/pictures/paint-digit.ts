/** Pixels along each side of an image. */
export const digitSide = 28;

/** Paints an image, ink dark on light. Shapes: pixels [784] */
export function paintDigit(canvas: HTMLCanvasElement, pixels: Uint8Array): void {
  const image = new ImageData(digitSide, digitSide);
  pixels.forEach((value, i) => {
    image.data.set([255 - value, 255 - value, 255 - value, 255], 4 * i);
  });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

const radius = 1.7;

/**
 * A round dab with a soft edge; distances in eighths of a pixel, all in whole numbers: ours alone puts ink on the grid,
 * so that a drawing is the same pixels on every machine. Shapes: pixels [784]
 */
export function ink(pixels: Uint8Array, x: number, y: number): void {
  const [cx, cy] = [Math.round(8 * x), Math.round(8 * y)];
  const reach = Math.round(8 * radius);
  for (let row = 0; row < digitSide; row++) {
    for (let column = 0; column < digitSide; column++) {
      const [dx, dy] = [8 * column + 4 - cx, 8 * row + 4 - cy];
      const left = reach * reach - (dx * dx + dy * dy);
      if (left <= 0) continue;
      const value = Math.min(255, Math.floor((left * 510) / (reach * reach)));
      const at = row * digitSide + column;
      pixels[at] = Math.max(pixels[at]!, value);
    }
  }
}

/** Dabs along a line, so that a quick stroke has no gaps. Shapes: pixels [784] */
export function stroke(pixels: Uint8Array, from: readonly [number, number], to: readonly [number, number]): void {
  const dabs = Math.max(1, Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]))));
  for (let i = 1; i <= dabs; i++) {
    ink(pixels, from[0] + ((to[0] - from[0]) * i) / dabs, from[1] + ((to[1] - from[1]) * i) / dabs);
  }
}
