import { experiments } from '../experiments/index.js';
import { presetNames } from './presets.js';
import { columnLines, counted, duration, print } from './text.js';

/** Prints the experiments, what each asks, and what each preset costs on one worker. */
export function listCommand(): void {
  for (const { id, section, title, question, presets } of experiments) {
    print(`${id}  (${section} ${title})`, `    ${question}`);
    const rows = presetNames.map((name) => {
      const { arms, seeds, estimatedSeconds } = presets[name];
      return [
        `    ${name}`,
        counted(arms.length * seeds.length, 'trial'),
        `about ${duration(estimatedSeconds * 1000)}`,
      ];
    });
    print(...columnLines(rows), '');
  }
  print('Run one with: descent run <id> --preset quick');
}
