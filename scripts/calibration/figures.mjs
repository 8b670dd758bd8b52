// Figures of the calibration, drawn from its tables in the looks of all figures.
import { figurePadding, figureTheme } from '../../dist/report/drawing/figure-theme.js';
import { renderSvg } from '../../dist/report/drawing/render.js';
import { worstByName } from './document.mjs';

const [blue, orange, green, grey] = ['#0072b2', '#d55e00', '#009e73', '#8a919c'];

const quantitative = (field, title, scale = {}, axis = {}) => ({
  field,
  type: 'quantitative',
  scale,
  axis: { title, ...axis },
});

const draw = (spec, width, height) =>
  renderSvg({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    padding: figurePadding,
    width,
    height,
    config: figureTheme(2),
    ...spec,
  });

const ruleAt = (channel, value, colour = orange) => ({
  data: { values: [{}] },
  mark: { type: 'rule', color: colour, strokeDash: [5, 4] },
  encoding: { [channel]: { datum: value } },
});

/** A share of each name with its interval, a line at 5 %. */
function shares(rows, title, domain) {
  const values = rows.map(({ name, falseShare, low, high }) => ({
    name,
    share: 100 * falseShare,
    low: 100 * low,
    high: 100 * high,
    colour: high > 0.06 ? orange : blue,
  }));
  const y = { field: 'name', type: 'nominal', sort: null, axis: { title: null, labelLimit: 0, grid: true } };
  const color = { field: 'colour', type: 'nominal', scale: null };
  const x = (field) => quantitative(field, title, { domain });
  const layer = [
    { mark: { type: 'rule', strokeWidth: 2 }, encoding: { y, x: x('low'), x2: { field: 'high' }, color } },
    { mark: { type: 'circle', size: 60, opacity: 1 }, encoding: { y, x: x('share'), color } },
  ];
  return draw({ layer: [{ data: { values }, layer }, ruleAt('x', 5)] }, 430, 20 * rows.length);
}

const longForm = (rows, x, names) =>
  rows.flatMap((row) =>
    Object.entries(names).flatMap(([field, name]) =>
      row[field] === undefined ? [] : [{ x: row[x], y: row[field], name }],
    ),
  );

/** Some columns against another, a line each. */
function lines(values, { x, y, colours, dashes }) {
  const domain = Object.keys(colours);
  const color = {
    field: 'name',
    type: 'nominal',
    legend: { title: null },
    scale: { domain, range: Object.values(colours) },
  };
  const strokeDash = { field: 'name', type: 'nominal', legend: { title: null }, scale: { domain, range: dashes } };
  return {
    data: { values },
    mark: { type: 'line', point: { size: 25 }, strokeWidth: 2 },
    encoding: { x, y, color, strokeDash },
  };
}

function peeking(rows) {
  const percent = rows.map((row) => ({
    units: row.units,
    own: 100 * row.own,
    signTest: 100 * row.signTest,
    bootstrap: 100 * row.bootstrap,
  }));
  const names = {
    bootstrap: 'bootstrap of the median, as before',
    signTest: 'sign test made for one n',
    own: 'the verdicts’ rule',
  };
  const axis = { values: [5, 10, 20, 50, 100, 200, 500, 1000] };
  const drawn = lines(longForm(percent, 'units', names), {
    x: quantitative('x', 'seeds so far, a look after each', { type: 'log', nice: false }, axis),
    y: quantitative('y', 'studies that have said something false, %', { domain: [0, 60] }),
    colours: { [names.bootstrap]: orange, [names.signTest]: green, [names.own]: blue },
    dashes: [
      [1, 0],
      [1, 0],
      [1, 0],
    ],
  });
  return draw({ layer: [drawn, ruleAt('y', 5)] }, 600, 300);
}

function seeds(rows) {
  const of = (level, names) =>
    longForm(
      rows.filter((row) => row.level === level).map((row) => ({ ...row, percent: 100 * row.share })),
      'percent',
      names,
    );
  const names = [
    'one of 160 places',
    'the same, n known beforehand',
    'one claim alone',
    'the same, n known beforehand ',
  ];
  const values = [
    ...of('registered', { median: names[0], fixedMedian: names[1] }),
    ...of('alone', { median: names[2], fixedMedian: names[3] }),
  ];
  const axis = { values: [5, 10, 20, 50, 100, 200, 500, 1000, 2000] };
  const drawn = lines(values, {
    x: quantitative('x', 'share of seeds beyond the bound, %', { domain: [53, 101], nice: false }),
    y: quantitative('y', 'seeds to a decision, median', { type: 'log', nice: false }, axis),
    colours: { [names[0]]: blue, [names[1]]: blue, [names[2]]: green, [names[3]]: green },
    dashes: [
      [1, 0],
      [4, 4],
      [1, 0],
      [4, 4],
    ],
  });
  return draw(drawn, 600, 300);
}

function example(rows) {
  const outcomes = { open: grey, stands: blue, fallsShort: green, falls: orange };
  const x = quantitative('units', 'seeds so far');
  const color = {
    field: 'outcome',
    type: 'nominal',
    legend: { title: null },
    scale: { domain: ['open', 'stands'], range: [outcomes.open, outcomes.stands] },
  };
  const finite = rows.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const y = (field) => quantitative(field, 'X: dots; the interval of the median: bars', { zero: false });
  return draw(
    {
      layer: [
        {
          data: { values: finite },
          mark: { type: 'rule', strokeWidth: 7, opacity: 0.55 },
          encoding: { x, y: y('low'), y2: { field: 'high' }, color },
        },
        {
          data: { values: rows },
          mark: { type: 'circle', size: 30, color: '#1f2530', opacity: 1 },
          encoding: { x, y: y('value') },
        },
        ruleAt('y', 0.5),
        ruleAt('y', 0, grey),
      ],
    },
    600,
    300,
  );
}

function forecasts(rows) {
  const values = rows.flatMap(({ from, to, needed }) => {
    if (from === undefined || to === undefined || needed === undefined) return [];
    const held = from <= needed && needed <= to ? 'held' : 'missed';
    return [{ from, to, needed, held }];
  });
  const ticks = { values: [1, 3, 10, 30, 100, 300, 1000, 3000] };
  const scale = { type: 'log', domain: [0.9, 4500], nice: false };
  const x = quantitative('from', 'seeds that the range said, more', scale, ticks);
  const y = quantitative('needed', 'seeds that it then took, more', scale, ticks);
  const color = {
    field: 'held',
    type: 'nominal',
    legend: { title: null },
    scale: { domain: ['held', 'missed'], range: [blue, orange] },
  };
  const diagonal = {
    data: {
      values: [
        { from: 1, needed: 1 },
        { from: 4000, needed: 4000 },
      ],
    },
    mark: { type: 'line', color: grey, strokeWidth: 1 },
    encoding: { x, y },
  };
  const bars = {
    data: { values },
    mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.7 },
    encoding: { x, x2: { field: 'to' }, y, color },
  };
  return draw({ layer: [diagonal, bars] }, 430, 400);
}

/** All figures by name, as SVG. */
export async function figures(tables) {
  const title = 'studies that ever say something false, % (bars: 99 % interval)';
  return {
    kinds: await shares(worstByName(tables.kinds), title, [0, 6]),
    rivals: await shares(tables.rivals, title, [0, 100]),
    peeking: await peeking(tables.peeking),
    seeds: await seeds(tables.seeds),
    example: await example(tables.example),
    forecasts: await forecasts(tables.forecasts),
  };
}
