import { expect, it } from 'vitest';
import { compactSvg } from './compact-svg.js';

it('writes lines as steps in tenths that end within 0.05 of where they did, after a closed part too', () => {
  const steps = compactSvg('<path d="M10.04,20L11.08,19.5L12.12,20.54ZM30,40L30.5,41"/>');
  expect(steps).toBe('<path d="m10 20l1.1-.5l1 1zm20 20l.5 1"/>');
});

it('merges discs of one look into one path and leaves other shapes alone', () => {
  const disc = (x: number, fill: string) =>
    `<path aria-hidden="true" transform="translate(${x},5)" d="M2.5,0A2.5,2.5,0,1,1,-2.5,0A2.5,2.5,0,1,1,2.5,0" \
fill="${fill}" stroke-width="2" opacity="0.5"/>`;
  expect(compactSvg(`${disc(1, '#111')}${disc(2.123, '#111')}${disc(3, '#222')}`)).toBe(
    '<path d="M1,5h0M2.12,5h0" stroke="#111" stroke-width="5" stroke-linecap="round" opacity="0.5"/>' +
      '<circle transform="translate(3,5)" r="2.5" fill="#222" opacity="0.5"/>',
  );
  const diamond = '<path d="M0,-3L3,0L0,3L-3,0Z"/>';
  expect(compactSvg(diamond)).toBe('<path d="m0-3l3 3l-3 3l-3-3z"/>');
});

it('leaves out what SVG takes for granted, and the width of a line that is not drawn', () => {
  expect(compactSvg('<path d="" display="none"/><path d="M0,0h600v300h-600Z"/>')).toBe('');
  expect(compactSvg('<path d="M0,0h6v3h-6Z" fill="#111"/>')).toBe('<path d="M0,0h6v3h-6Z" fill="#111"/>');
  const shape = (looks: string) => compactSvg(`<circle r="2"${looks}/>`);
  expect(shape(' fill="#111" stroke-width="2" stroke-dasharray="1,0" opacity="1"')).toBe('<circle r="2" fill="#111"/>');
  const stroked = ' stroke="#111" stroke-width="2" stroke-dasharray="4,2" opacity="0.1"';
  expect(shape(stroked)).toBe(`<circle r="2"${stroked}/>`);
  const after = ' stroke-width="2" stroke="#111"';
  expect(shape(after)).toBe(`<circle r="2"${after}/>`);
});

it('names the letters once for the whole drawing', () => {
  const text = '<text font-family="A B" x="1">a</text>';
  expect(compactSvg(`<svg>${text}${text}</svg>`)).toBe(
    '<svg font-family="A B"><text x="1">a</text><text x="1">a</text></svg>',
  );
});
