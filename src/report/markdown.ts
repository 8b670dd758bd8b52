import { rerunCommand } from './run.js';
import { caution, runFacts, type Section } from './summary.js';
import { comparisonTable, markdownTable, networkTable, trialTable } from './tables.js';

/** The report as Markdown, with the figures beside it as PNG. */
export function markdownReport(sections: readonly Section[], version: string): string {
  const facts = runFacts(sections).map((fact) => `- ${fact}\n`);
  return `# Descent report\n\n${facts.join('')}\n${sections.map(markdownSection).join('\n')}\nMade by descent-lab ${version}.\n`;
}

function markdownSection({ run, figures }: Section): string {
  const { experiment, preset, presetName } = run;
  const warning = caution(run);
  return [
    `## ${experiment.section} ${experiment.title}`,
    `**${experiment.question}**`,
    experiment.protocol,
    `Preset ${presetName}: ${preset.note}`,
    ...(warning === undefined ? [] : [`> ${warning}`]),
    ...figures.map(
      ({ figure, key }) => `![${figure.title}](figures/${key}.png)\n\n*${figure.title}.* ${figure.caption}`,
    ),
    '### Reported and here',
    markdownTable(comparisonTable(run)),
    '### The networks',
    markdownTable(networkTable(run)),
    '### Where text, code and figures of the report differ',
    experiment.disagreements
      .map(({ id, about, written, coded, consequence }) =>
        `- **${id}, ${about}.** Text: ${written}. Code: ${coded}. ${consequence ?? ''}`.trimEnd(),
      )
      .join('\n'),
    '### Trials',
    markdownTable(trialTable(run)),
    `Run it again: \`${rerunCommand(run)}\``,
  ]
    .map((block) => `${block.trimEnd()}\n\n`)
    .join('');
}
