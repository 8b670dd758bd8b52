import { type Drawing, element, escaped, round } from './drawing.js';

/** How elements are drawn that no style describes: a chart is lines, not the pixels of its canvas. */
const ownDrawings = new WeakMap<Element, () => string>();

/** Says how an element is drawn, in CSS pixels from its top left corner, as elements of SVG. */
export const drawnBy = (of: Element, body: () => string): void => void ownDrawings.set(of, body);

/** What is for people alone, as a menu, and in no picture. */
const leftOut = '[data-unsaved]';

/** An element of the page as it is seen now: boxes, texts, pictures, in the colours that they have. */
export function drawingOf(host: HTMLElement): Drawing {
  const menus = [...host.querySelectorAll<HTMLElement>(leftOut)];
  // Where they leave no gap; nothing of it is ever painted.
  for (const { style } of menus) style.display = 'none';
  try {
    const { left, top, width, height } = host.getBoundingClientRect();
    const body = partsOf(host, { left, top });
    return { width: Math.ceil(width), height: Math.ceil(height), body: body.join('\n') };
  } finally {
    for (const { style } of menus) style.display = '';
  }
}

/** The corner from which places are counted. */
interface Corner {
  readonly left: number;
  readonly top: number;
}

function partsOf(node: Element, corner: Corner): readonly string[] {
  if (!isSeen(node)) return [];
  const own = ownDrawings.get(node);
  if (own) return [moved(node, corner, own())];
  if (node instanceof SVGSVGElement) return [pictureOf(node, corner)];
  if (node instanceof HTMLCanvasElement) return [imageOf(node, corner)];
  if (node instanceof HTMLMeterElement) return [meterOf(node, corner)];
  return [...boxOf(node, corner), ...[...node.childNodes].flatMap((child) => childParts(child, corner))];
}

function childParts(node: ChildNode, corner: Corner): readonly string[] {
  if (node instanceof Text) return linesOf(node, corner);
  return node instanceof Element ? partsOf(node, corner) : [];
}

/** What is there for those who listen is a pixel wide. */
function isSeen(node: Element): boolean {
  const { width, height } = node.getBoundingClientRect();
  return width > 1 || height > 1;
}

/** Where an element lies. */
function placeOf(node: Element | Range, { left, top }: Corner) {
  const box = node.getBoundingClientRect();
  return { x: round(box.left - left), y: round(box.top - top), width: round(box.width), height: round(box.height) };
}

function moved(node: Element, corner: Corner, body: string): string {
  const { x, y } = placeOf(node, corner);
  return element('g', { transform: `translate(${x} ${y})` }, body);
}

const isClear = (color: string): boolean => /^(transparent|rgba\(.*, 0\))$/.test(color);

type Attributes = Readonly<Record<string, string | number>>;

/** Background and border of a box; a border at the top alone is a line. */
function boxOf(node: Element, corner: Corner): readonly string[] {
  const style = getComputedStyle(node);
  const box = placeOf(node, corner);
  const border = borderOf(style);
  if (border && style.borderTopWidth !== style.borderLeftWidth) return [topLine(box, border)];
  const back = isClear(style.backgroundColor) ? undefined : style.backgroundColor;
  if (!border && !back) return [];
  const around = insetBy(box, (border?.['stroke-width'] ?? 0) / 2);
  return [element('rect', { ...around, rx: radiusOf(style, box.width), fill: back ?? 'none', ...border })];
}

function borderOf({ borderTopWidth, borderTopColor, borderTopStyle }: CSSStyleDeclaration) {
  const thick = Number.parseFloat(borderTopWidth);
  if (thick === 0 || isClear(borderTopColor)) return undefined;
  const dash: Attributes = borderTopStyle === 'dashed' ? { 'stroke-dasharray': `${2 * thick} ${thick}` } : {};
  return { stroke: borderTopColor, 'stroke-width': thick, ...dash };
}

type Box = ReturnType<typeof placeOf>;

const topLine = ({ x, y, width }: Box, border: NonNullable<ReturnType<typeof borderOf>>): string => {
  const middle = y + border['stroke-width'] / 2;
  return element('line', { x1: x, x2: x + width, y1: middle, y2: middle, ...border });
};

const insetBy = ({ x, y, width, height }: Box, by: number): Box => ({
  ...{ x: x + by, y: y + by },
  ...{ width: Math.max(0, width - 2 * by), height: Math.max(0, height - 2 * by) },
});

const radiusOf = ({ borderTopLeftRadius: radius }: CSSStyleDeclaration, width: number): number =>
  Math.min(width / 2, radius.endsWith('%') ? width / 2 : Number.parseFloat(radius));

/** A bar as long as a share, on a bar of its whole. */
function meterOf(meter: HTMLMeterElement, corner: Corner): string {
  const { x, y, width, height } = placeOf(meter, corner);
  const { color, accentColor } = getComputedStyle(meter);
  const bar = { x, y: y + height / 4, height: height / 2, rx: height / 4 };
  const whole = element('rect', { ...bar, width, fill: color, 'fill-opacity': 0.15 });
  return (
    whole + element('rect', { ...bar, width: width * meter.value, fill: accentColor === 'auto' ? color : accentColor })
  );
}

/** A text's words line by line, as the page has broken them. */
function linesOf(text: Text, corner: Corner): readonly string[] {
  const lines = new Map<number, { readonly x: number; readonly height: number; readonly words: string[] }>();
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const { x, y, width, height } = placeOf(range, corner);
    if (width === 0) continue;
    const line = lines.get(y) ?? { x, height, words: [] };
    lines.set(y, line);
    line.words.push(word);
  }
  const style = getComputedStyle(text.parentElement!);
  return [...lines].map(([y, { x, height, words }]) => {
    const at = { x, y: round(y + height * shareAbove(style)), fill: style.color };
    return element('text', { ...at, ...fontOf(style) }, escaped(words.join(' ')));
  });
}

const fontOf = ({ fontFamily, fontSize, fontWeight }: CSSStyleDeclaration) => ({
  'font-family': fontFamily,
  'font-size': fontSize,
  'font-weight': fontWeight,
});

const pen = new OffscreenCanvas(1, 1).getContext('2d')!;

/** Share of a line of text that lies above its baseline. */
function shareAbove({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number {
  pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText('x');
  return above / (above + below);
}

/** The pixels of a canvas as they are; the few of a small one stay squares. */
function imageOf(canvas: HTMLCanvasElement, corner: Corner): string {
  const scaling = { 'image-rendering': getComputedStyle(canvas).imageRendering, preserveAspectRatio: 'none' };
  return element('image', { ...placeOf(canvas, corner), ...scaling, href: canvas.toDataURL() });
}

/** Properties of SVG that styles set, each the parent's where nothing is said, but for the last ones. */
const inherited = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap'],
  ...['stroke-linejoin', 'font-family', 'font-size', 'font-weight', 'text-anchor'],
] as const;
const own = { opacity: '1', 'vector-effect': 'none', 'dominant-baseline': 'auto' } as const;

/** A picture that is SVG already, its styles written into it. */
function pictureOf(svg: SVGSVGElement, corner: Corner): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [all, copies] = [
    [svg, ...svg.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ];
  all.forEach((from, i) => {
    writeStyle(from, copies[i]!, from === svg ? undefined : from.parentElement!);
  });
  for (const [name, value] of Object.entries(placeOf(svg, corner))) copy.setAttribute(name, String(value));
  for (const name of ['role', 'aria-label', 'aria-hidden']) copy.removeAttribute(name);
  return new XMLSerializer().serializeToString(copy);
}

function writeStyle(from: Element, to: Element, parent: Element | undefined): void {
  const [style, above] = [getComputedStyle(from), parent && getComputedStyle(parent)];
  const write = (name: string, usual: string | undefined): void => {
    const value = style.getPropertyValue(name);
    if (value !== usual) to.setAttribute(name, value);
    else to.removeAttribute(name);
  };
  for (const name of inherited) write(name, above?.getPropertyValue(name));
  for (const [name, usual] of Object.entries(own)) write(name, usual);
  to.removeAttribute('class');
  to.removeAttribute('style');
}
