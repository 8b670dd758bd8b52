import type { Command } from 'commander';
import { data, json, setExit, store, workers } from './options.js';

/** Adds `descent doctor`. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check this machine, the kernels, the data and every byte of the store')
    .option('--repair', 'put aside what is damaged in the store, and run again what is lost by it')
    .addOption(workers())
    .addOption(store())
    .addOption(data())
    .addOption(json('one JSON object for each finding'))
    .action(async (options) => setExit(await (await import('../doctor/doctor-command.js')).doctorCommand(options)));
}
