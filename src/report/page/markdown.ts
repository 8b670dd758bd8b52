import type {
  BeyondModel,
  ClaimModel,
  ComputingModel,
  CoverageModel,
  DisagreementModel,
  FigureModel,
  NumberCell,
  NumberTable,
  PageModel,
  RunModel,
  SectionModel,
  SectionProtocol,
  VerdictCell,
} from '../model/page-model.js';
import type { TextTable } from '../tables/csv.js';
import { markdownTable } from '../tables/tables.js';
import { claimTable } from './claim-table.js';
import { coverageCounts, coverageWords } from './coverage-table.js';

/** The page as Markdown, with the figures beside it as PNG. */
export function markdownReport(model: PageModel): string {
  const { original, protocols, outcomes, tally, thin, certainty, facts, sections, coverage, computing, madeBy } = model;
  const counts = outcomes.filter(({ id }) => id !== 'notClaimed' && tally[id]);
  return paragraphs([
    '# What stands and what falls',
    original,
    protocols.map(({ word, meaning }) => `- **${word}**: ${meaning}`).join('\n'),
    counts.map(({ id, word, meaning }) => `- **${tally[id]} ${word}**: ${meaning}`).join('\n'),
    thin ?? '',
    certainty,
    computing?.words ?? '',
    markdownTable(claimTable(model)),
    ...sections.map(sectionText),
    ...(coverage ? coverageText(coverage) : []),
    ...(computing ? computingText(computing) : []),
    facts.length === 0 ? '' : `Numbers and figures: ${facts.join(' · ')}.`,
    `Made by ${madeBy}.`,
  ]);
}

const coverageText = (coverage: CoverageModel): readonly string[] => [
  '## Everything that the original states',
  `${coverageWords(coverage)} [${coverage.file}](${coverage.file})`,
  markdownTable(coverageCounts(coverage)),
  coverage.reasons.map(({ word, meaning, count }) => `- **${count} ${word}**: ${meaning}`).join('\n'),
  coverage.beyond.map(beyondText).join('\n'),
];

function beyondText({ section, what, values, evidence }: BeyondModel): string {
  const texts = values.map(({ name, reported, agreement }) => `${name && `${name}: `}${reported}. ${agreement}.`);
  if (texts.length === 1) return `- ${section}, ${what}: ${texts[0]} ${evidence}`;
  return [`- ${section}, ${what}. ${evidence}`, ...texts.map((text) => `  - ${text}`)].join('\n');
}

const computingText = ({ table, command }: ComputingModel): readonly string[] => [
  '## What it took',
  markdownTable(table),
  `Of the ledgers \`${command}\` says the same.`,
];

const paragraphs = (blocks: readonly string[]): string =>
  blocks
    .filter((block) => block !== '')
    .map((block) => `${block.trimEnd()}\n`)
    .join('\n');

function sectionText(section: SectionModel): string {
  const { name, title, question, protocols, claims, numbers, figures, disagreements, settings, networks, tasks } =
    section;
  return paragraphs([
    `## ${name} ${title}`,
    `**${question}**`,
    ...protocols.map(protocolText),
    ...claims.map((claim) => claimText(claim, protocols)),
    ...numbers.map((table) => tableUnder(table.title, numberTable(table))),
    ...figures.map(figureText),
    disagreements.length === 0 ? '' : '### Where text, code and figures of the original differ',
    disagreements.map(disagreementText).join('\n'),
    settings ? tableUnder('What the original sets, and ours', settings) : '',
    networks ? tableUnder('The networks', networks) : '',
    ...tasks.map(({ run, table }) => tableUnder(`Ids and hashes, ${run}`, table)),
  ]);
}

const tableUnder = (heading: string, table: TextTable): string => `### ${heading}\n\n${markdownTable(table)}`;

const protocolText = ({ word, note, runs, command, takes }: SectionProtocol): string =>
  [
    `**${word}.** ${note}`,
    ...runs.map(runText),
    ...(runs.length === 0 ? [`Not run here: \`${command}\` (${takes} on one core).`] : []),
  ].join(' ');

const runText = ({ preset, note, caution, command }: RunModel): string =>
  `Preset ${preset}: ${note}${caution === undefined ? '' : ` *${caution}*`} Run it again: \`${command}\``;

/** A claim with its evidence: what was found, what was expected, the register's place, what would change it. */
function claimText({ statement, companionOf, metric, given, cells }: ClaimModel, all: readonly SectionProtocol[]) {
  const judged = all.filter(({ id }) => cells[id].outcome !== 'notClaimed');
  const about = given === undefined ? '' : ` Of ${given} alone.`;
  return [
    `- **${companionOf === undefined ? '' : '+ '}${statement}** Measured: ${metric}.${about}`,
    ...judged.map(({ id, word }) => `  - ${cellText(cells[id], word)}`),
  ].join('\n');
}

function cellText({ word, words, parts, registered, version, chosen, note, glimpse }: VerdictCell, protocol: string) {
  const found = parts.map(
    ({ label, effect, units, n, expected, place, hash, change }) =>
      ` ${label}: ${n > 0 ? `${effect} from ${units}, ` : ''}expected ${expected}. ${change}${
        place === undefined
          ? ''
          : ` Register: place ${place}, version ${version}, ${registered}, ${hash?.slice(0, 16)}.`
      }`,
  );
  const extras = [chosen && ` Chosen: ${chosen}.`, note && ` ${note}`].filter((text) => text);
  const first =
    glimpse && ` ${glimpse.isMiniature ? 'A miniature' : 'A first look'}, which judges nothing: ${glimpse.text}.`;
  const why = parts.length === 0 && words !== '' ? `: ${words}` : '';
  return `${protocol}: **${word}**${why}.${found.join('')}${extras.join('')}${first ?? ''}`;
}

function numberTable({ isReported, runs, groups }: NumberTable): TextTable {
  return {
    columns: ['quantity', 'arm', ...(isReported ? ['original'] : []), ...runs.map(({ name }) => name), 'source'],
    rows: groups.flatMap(({ label, source, rows }) =>
      rows.map(({ arm, reported, cells }) => [
        label,
        arm,
        ...(isReported ? [reported ? withNotes(reported.text, [reported.note ?? '']) : 'not reported'] : []),
        ...cells.map(numberText),
        source ?? '',
      ]),
    ),
  };
}

const numberText = (cell: NumberCell): string => ('why' in cell ? cell.why : withNotes(cell.text, cell.notes));

const withNotes = (text: string, notes: readonly string[]): string => {
  const all = notes.filter((note) => note !== '').join('; ');
  return all === '' ? text : `${text} (${all})`;
};

const figureText = ({ key, title, caption, run }: FigureModel): string =>
  `![${title}](figures/${key}.png)\n\n*${title}, ${run}.* ${caption}`;

const disagreementText = ({ id, about, written, coded, consequence = '', measured }: DisagreementModel): string =>
  `- **${id}, ${about}.** Text: ${written}. Code: ${coded}. ${consequence}${measured
    .map((line) => ` ${line}.`)
    .join('')}`.trimEnd();
