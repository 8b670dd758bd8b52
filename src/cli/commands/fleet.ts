import type { Command } from 'commander';
import { json, number, time } from './options.js';

/** Adds `descent fleet`. */
export function addFleet(program: Command): void {
  const fleet = program.command('fleet').description('look after a fleet of agents');
  fleet
    .command('status')
    .description('who is there, and what is being run')
    .argument('<url>', 'the fleet')
    .addOption(json('one JSON object'))
    .action(async (url, options) => (await load()).statusCommand(url, options));
  fleet
    .command('drain')
    .description('let agents end what they have in hand, and leave')
    .argument('<url>', 'the fleet')
    .argument('[agent]', 'one of them (default: all that are there now)')
    .action(async (url, agent) => (await load()).drainCommand(url, agent));
  fleet
    .command('cancel')
    .description('end all runs of the fleet; what is in the stores stays')
    .argument('<url>', 'the fleet')
    .action(async (url) => (await load()).cancelCommand(url));
  fleet
    .command('slurm')
    .description('print the command that starts agents on a Slurm cluster')
    .argument('<url>', 'the fleet')
    .addOption(number('--workers <n>', 'agents').default(64))
    .addOption(number('--cpus <n>', 'cores of each').default(1))
    .addOption(time('--time <time>', 'length of a job').default(4 * 3600_000, '4h'))
    .action(async (url, options) => (await import('../fleet/launchers.js')).slurmCommand(url, options));
  fleet
    .command('kubernetes')
    .description('print the Job that starts agents on Kubernetes')
    .argument('<url>', 'the fleet')
    .addOption(number('--workers <n>', 'agents').default(64))
    .addOption(number('--cpus <n>', 'cores of each').default(1))
    .option('--image <name>', 'image with Node and descent-lab', 'descent-lab')
    .action(async (url, options) => (await import('../fleet/launchers.js')).kubernetesCommand(url, options));
}

const load = () => import('../fleet/fleet-commands.js');
