import type { TextTable } from '../tables/csv.js';
import { measuredLines } from '../tables/measured-lines.js';
import { rerunCommand } from '../tables/run.js';
import {
  comparisonTable,
  markdownTable,
  networkTable,
  protocolName,
  runName,
  shortTaskTable,
} from '../tables/tables.js';
import { verdictTable } from '../tables/verdict-tables.js';
import { caution, firstCommand, runFacts, runsOf, type Section } from './sections.js';

/** The report as Markdown, with the figures beside it as PNG. */
export function markdownReport(sections: readonly Section[], version: string): string {
  const facts = runFacts(sections).map((fact) => `- ${fact}\n`);
  return [
    `# Descent report\n\n${facts.join('')}\n`,
    tableUnder('## What stands and what falls', verdictTable(sections)),
    ...sections.map(markdownSection),
    `Made by descent-lab ${version}.\n`,
  ].join('\n');
}

const tableUnder = (heading: string, table: TextTable): string =>
  table.rows.length === 0 ? '' : `${heading}\n\n${markdownTable(table)}\n`;

function markdownSection(section: Section): string {
  const { experiment, shown, notRun, rows } = section;
  const runs = runsOf(section);
  const blocks = [
    `## ${experiment.section} ${experiment.title}`,
    `**${experiment.question}**`,
    ...runs.map((run) => {
      const warning = caution(run);
      return `**${runName(run, runs)}** (preset ${run.presetName}). ${run.protocol.note} ${run.preset.note} \
${warning ? `*${warning}* ` : ''}Run it again: \`${rerunCommand(run)}\``;
    }),
    ...notRun.map(
      (protocol) =>
        `**${protocolName(protocol.id)}**, not run yet: \`${firstCommand(experiment, protocol)}\`. ${protocol.note}`,
    ),
    tableUnder('### Reported and here', comparisonTable(runs, rows)),
    ...shown.flatMap(({ run, figures }) =>
      figures.map(
        ({ title, caption, key }) => `![${title}](figures/${key}.png)\n\n*${title}, ${runName(run, runs)}.* ${caption}`,
      ),
    ),
    ...(runs.length === 0 ? [] : [tableUnder('### The networks', networkTable(runs))]),
    ...(experiment.disagreements.length === 0 ? [] : ['### Where text, code and figures of the report differ']),
    experiment.disagreements
      .map((one) => {
        const { id, about, written, coded, consequence = '' } = one;
        const measured = measuredLines(one, runs, rows).map((line) => ` ${line}.`);
        return `- **${id}, ${about}.** Text: ${written}. Code: ${coded}. ${consequence}${measured.join('')}`.trimEnd();
      })
      .join('\n'),
    ...runs.map((run) => tableUnder(`### Ids and hashes, ${runName(run, runs)}`, shortTaskTable(run))),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `${block.trimEnd()}\n\n`)
    .join('');
}
