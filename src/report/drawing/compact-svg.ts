/**
 * Makes a drawing of Vega's a third as long, and the same on engines whose `Math.log` differs in the last bit:
 * places are rounded to two decimals, those of lines to one, and what only Vega itself needs is left out.
 */
export function compactSvg(svg: string): string {
  const tags = svg.replace(/<[^>]*>/g, (tag) =>
    tag
      .replace(idleAttributes, '')
      .replace(unstroked, '$1$2')
      .replace(disc, (_, transform: string, r: string) => `<circle${transform} r="${r}"`)
      .replace(/(?<= d=")M[-\d.,eLMZ]+(?=")/g, relativePath)
      .replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)),
  );
  const family = / font-family="[^"]*"/.exec(tags)?.[0] ?? '';
  return tags.replace(unseen, '').replace(discs, mergedDiscs).replaceAll(family, '').replace('<svg', `<svg${family}`);
}

/** Paths of nothing, and the boxes of groups, which have neither line nor fill (Vega's root says `fill="none"`). */
const unseen = /<path d="(?:" display="none"|M[-\d.,]+h[-\d.]+v[-\d.]+h[-\d.]+Z")\/>/g;

/** The whole drawing has a name of its own, its parts need none; and what SVG takes for granted need not be said. */
const idleAttributes =
  / (?:(?:class|role|aria-\w+|pointer-events|stroke-miterlimit)="[^"]*"|opacity="1"|stroke-dasharray="1,0")/g;

/** The width of a line that a shape does not have. */
const unstroked = /(<(?:path|circle)(?:(?! stroke=)[^>])*?) stroke-width="[^"]*"((?:(?! stroke=)[^>])*>)/;

/** A disc as Vega draws it, of two half circles. */
const disc = /<path( transform="[^"]*")? d="M([\d.]+),0A\2,\2,0,1,1,-\2,0A\2,\2,0,1,1,\2,0"/;

/** Two or more discs of one look beside each other. */
const place = String.raw`<circle transform="translate\([-\d.,]+\)"`;
const discs = new RegExp(String.raw`${place}( r="[\d.]+" fill="[^"]*"[^>]*)\/>(?:${place}\1\/>)+`, 'g');

/** Draws discs of one look as one path: each is a line of no length with round ends. */
function mergedDiscs(markup: string, looks: string): string {
  const [, r = '', fill = ''] = / r="([^"]*)" fill="([^"]*)"/.exec(looks) ?? [];
  const [opacity = ''] = / opacity="[^"]*"/.exec(looks) ?? [];
  const places = [...markup.matchAll(/translate\(([-\d.,]+)\)/g)].map(([, place]) => `M${place}h0`);
  return `<path d="${places.join('')}" stroke="${fill}" stroke-width="${2 * Number(r)}" \
stroke-linecap="round"${opacity}/>`;
}

/**
 * A path of straight lines by the steps from point to point, in tenths of a pixel: half as long as by places. Rounding
 * does not add up, as each step ends at a rounded place.
 */
function relativePath(path: string): string {
  let [x, y, startX, startY] = [0, 0, 0, 0];
  return path.replace(/Z|([ML])([-\d.e]+),([-\d.e]+)/g, (_, command: string | undefined, toX: string, toY: string) => {
    if (command === undefined) {
      [x, y] = [startX, startY];
      return 'z';
    }
    const [nextX, nextY] = [Math.round(10 * Number(toX)), Math.round(10 * Number(toY))];
    const step = [nextX - x, nextY - y].map((tenths) => String(tenths / 10).replace(/^(-?)0\./, '$1.'));
    [x, y] = [nextX, nextY];
    if (command === 'M') [startX, startY] = [x, y];
    return `${command.toLowerCase()}${step.join(' ').replace(' -', '-')}`;
  });
}
