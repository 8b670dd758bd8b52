// The numbers of docs/statistics.md: each block between its two marks is written from the tables of the calibration.

const percent = (share, digits = 1) => (100 * share).toFixed(digits);
const interval = ({ low, high }) => `${percent(low)} to ${percent(high)}`;
const orNever = (n) => n ?? 'over 4,000';

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Of each name the row with the largest share of false studies. */
export function worstByName(rows) {
  const worst = new Map();
  for (const row of rows) if (!(worst.get(row.name)?.falseShare >= row.falseShare)) worst.set(row.name, row);
  return [...worst.values()];
}

/** Of each name the least coverage over the places of the truth. */
const coverageOf = (rows, name) => {
  const own = rows.filter((row) => row.name === name && row.coverage !== undefined).map(({ coverage }) => coverage);
  return own.length === 0 ? '–' : percent(Math.min(...own));
};

/** Looks to a decision where the truth lies well beyond the margin. */
const looksOf = (rows, name) => {
  const row = rows.find((one) => one.name === name && (one.where === 'beyond the margin' || one.where === 'inside'));
  return row === undefined ? '–' : (row.looks ?? 'over 200');
};

function kinds({ kinds: rows }) {
  const cells = worstByName(rows).map((row) => [
    row.name,
    row.where,
    percent(row.falseShare),
    interval(row),
    coverageOf(rows, row.name),
    looksOf(rows, row.name),
  ]);
  const head = [
    'kind',
    'worst place of the truth',
    'ever false, %',
    '99 % interval',
    'interval always right, %',
    'seeds to a decision',
  ];
  return table(head, cells);
}

function kindsSummary({ kinds: rows }) {
  const highest = Math.max(...rows.map(({ high }) => high));
  const worst = Math.max(...rows.map(({ falseShare }) => falseShare));
  const coverage = Math.min(...rows.flatMap(({ coverage }) => coverage ?? []));
  const { studies } = rows[0];
  return `Of ${rows.length} combinations of a kind and a place of the truth, each simulated ${studies.toLocaleString('en')} times with a look after every one of 200 seeds, the worst says something false in ${percent(worst)} % of studies; no 99 % interval reaches beyond ${percent(highest)} %. The interval holds the truth at every look in at least ${percent(coverage)} %.`;
}

const rivals = ({ rivals: rows }) =>
  table(
    ['rule', 'ever false, %', '99 % interval'],
    rows.map((row) => [row.name, percent(row.falseShare), interval(row)]),
  );

const families = ({ families: rows }) =>
  table(
    [
      '160 places, all truths at their margins',
      'correlation of two places',
      'families with any false verdict, %',
      '99 % interval',
    ],
    rows.map((row) => [row.name, row.correlation, percent(row.falseShare), interval(row)]),
  );

const peeking = ({ peeking: rows }) =>
  table(
    ['looks', 'the verdicts’ rule, %', 'sign test made for one n, %', 'bootstrap, %'],
    rows
      .filter(({ units }) => [10, 20, 50, 100, 200, 500, 1000].includes(units))
      .map(({ units, own, signTest, bootstrap }) => [units, percent(own), percent(signTest), percent(bootstrap)]),
  );

const bootstrap = ({ 'bootstrap-coverage': rows }) =>
  table(
    ['seeds', ...rows.map(({ units }) => units)],
    [['holds the median, %', ...rows.map(({ coverage }) => percent(coverage))]],
  );

function seeds({ seeds: rows }) {
  const find = (level, share) => rows.find((row) => row.level === level && row.share === share);
  const shares = [...new Set(rows.map(({ share }) => share))];
  const cells = shares.map((share) => {
    const [own, alone] = [find('registered', share), find('alone', share)];
    return [
      percent(share, 0),
      orNever(own.median),
      orNever(own.late),
      orNever(own.fixedMedian),
      orNever(own.oracleMedian),
      orNever(alone.median),
      orNever(alone.fixedMedian),
      orNever(alone.oracleMedian),
    ];
  });
  const head = [
    'seeds beyond the bound, %',
    'one of 160: median',
    '90 % point',
    'n known',
    'n and side known',
    'alone: median',
    'n known',
    'n and side known',
  ];
  return table(head, cells);
}

/** The range of a ratio over the shares at which both are known. */
function ratios(rows, ratio) {
  const found = rows.map(ratio).filter(Number.isFinite);
  return `${Math.min(...found).toFixed(1)} to ${Math.max(...found).toFixed(1)} times`;
}

function priceInShort({ seeds: rows }) {
  const alone = rows.filter(({ level }) => level === 'alone');
  const registered = rows.filter(({ level }) => level === 'registered');
  const place = ratios(registered, ({ median }, i) => median / alone[i].median);
  const [looking, lookingAlone] = [registered, alone].map((own) => ratios(own, (row) => row.median / row.fixedMedian));
  return `To be one of 160 takes ${place} the seeds of being alone. To be allowed to look at any time takes ${looking} those of a test that knows when to look (${lookingAlone}, alone). Where 55 of 100 seeds lie beyond the bound, anybody needs more than a thousand: such a claim stays open, and says so.`;
}

const thresholds = ({ thresholds: rows }) =>
  table(
    ['seeds', ...rows.map(({ units }) => units)],
    [
      ['on one side, alone', ...rows.map(({ units, alone }) => (alone > units ? '–' : alone))],
      ['one of 160', ...rows.map(({ units, registered }) => (registered > units ? '–' : registered))],
    ],
  );

const outcomes = ({ outcomes: rows }) =>
  table(
    ['interval of the median', 'outcome', 'because'],
    rows.map(({ low, high, outcome, because }) => [`[${low}, ${high}]`, outcome, because]),
  );

const two = (x) => (Number.isFinite(x) ? x.toFixed(2) : x < 0 ? '−∞' : '∞');

function example({ example: rows }) {
  const changes = rows.filter(({ outcome }, i) => i > 0 && outcome !== rows[i - 1].outcome);
  const first = rows.find(({ low }) => Number.isFinite(low));
  const cells = [...new Set([rows[6], first, ...changes, rows.at(-1)])].map(({ units, value, low, high, outcome }) => [
    units,
    two(value),
    `[${two(low)}, ${two(high)}]`,
    outcome,
  ]);
  return table(['seeds', 'X of the newest', 'interval', 'outcome'], cells);
}

function forecasts({ 'forecast-summary': rows }) {
  return table(
    [
      'asked after',
      'claims',
      'range held what was needed, %',
      'needed / middle of the range, median',
      'ranges without an end, %',
    ],
    rows.map(({ name, claims, held, ratio, endless }) => [
      name,
      claims,
      percent(held, 0),
      ratio.toFixed(2),
      percent(endless, 0),
    ]),
  );
}

const blocks = {
  kinds,
  'kinds in short': kindsSummary,
  rivals,
  families,
  peeking,
  bootstrap,
  seeds,
  'price in short': priceInShort,
  thresholds,
  outcomes,
  example,
  forecasts,
};

/** A text with all of its blocks as the tables have them. @throws Error if the text lacks the marks of one */
export function documented(text, tables) {
  return Object.entries(blocks).reduce((page, [name, block]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    if (from < 0 || to < from)
      throw new Error(`docs/statistics.md: expected the marks ${begin} and ${end}, in this order`);
    return `${page.slice(0, from + begin.length)}\n\n${block(tables)}\n\n${page.slice(to)}`;
  }, text);
}
