import { counted } from '../../base/counted.js';
import { experiments } from '../../experiments/index.js';
import { presetSeconds } from '../../study/estimate.js';
import { presetNames } from '../../study/names.js';
import { columnLines, duration, print } from '../text.js';

/** Prints the experiments, what each asks, and what each preset of each protocol costs on one worker. */
export function listCommand(): void {
  for (const { id, section, title, question, protocols } of experiments) {
    print(`${id}  (${section} ${title})`, `    ${question}`);
    const rows = protocols.flatMap((protocol) =>
      presetNames.flatMap((name) => {
        const preset = protocol.presets[name];
        if (preset === undefined) return [];
        const { arms, measurements, seeds } = preset;
        const across = measurements.filter(({ acrossSeeds }) => acrossSeeds).length;
        const tasks = (arms.length + measurements.length - across) * seeds.length + across;
        return [
          [`    ${protocol.id}`, name, counted(tasks, 'task'), `about ${duration(presetSeconds(preset) * 1000)}`],
        ];
      }),
    );
    print(...columnLines(rows), '');
  }
  print('Run one with: descent run <id> --preset quick');
}
