import type { Command } from 'commander';
import { addDoctor } from './doctor.js';
import { addFleet } from './fleet.js';
import { addList } from './list.js';
import { addMeasure } from './measure.js';
import { addMerge } from './merge.js';
import { addQuery } from './query.js';
import { addRegister } from './register.js';
import { addReport } from './report.js';
import { addReproduce } from './reproduce.js';
import { addRun } from './run.js';
import { addStudy } from './study.js';
import { addTrain } from './train.js';
import { addVerify } from './verify.js';
import { addWork } from './work.js';

// A command is a file of this folder and a line of this list. Its file says what it is called and takes; what it does
// is imported when it is called, as help must answer at once.

/** Adds a command to the program, which was called with some arguments. */
type AddCommand = (program: Command, args: readonly string[]) => void | Promise<void>;

/** Adds each command to the program, in the order of its help. */
export const addCommands: readonly AddCommand[] = [
  addList,
  addRun,
  addTrain,
  addMeasure,
  addReport,
  addRegister,
  addStudy,
  addVerify,
  addQuery,
  addMerge,
  addDoctor,
  addReproduce,
  addWork,
  addFleet,
];
