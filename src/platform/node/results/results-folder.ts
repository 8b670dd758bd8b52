import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../../../base/sha256.js';
import {
  type Family,
  type LedgerRow,
  ledgerText,
  parseLedger,
  parseRegister,
  parseTaskTimes,
  type RegisterEntry,
  registerText,
  type TaskTime,
  taskTimesText,
  withRows,
} from '../../../verdicts/index.js';
import { namesIn, replaceFile } from '../files.js';

/** The folder of a family of claims: its register, and a ledger for each protocol of each experiment. */
export interface ResultsFolder {
  readonly path: string;
  /** @throws UserError if a file was changed by hand */
  read(): Family;
  /** SHA-256 of each of its files, by name. */
  digests(): Readonly<Record<string, string>>;
  /** Adds entries behind those that are there; the bytes before stay as they are. */
  register(entries: readonly RegisterEntry[]): void;
  /** Adds rows to the ledger of a protocol, all at one moment. @throws UserError if one is there and another */
  add(experiment: string, protocol: string, rows: readonly LedgerRow[]): void;
  /** How long tasks of its ledgers took, as far as that was noted. @throws UserError if the file was damaged */
  times(): readonly TaskTime[];
  /** Notes more of them, all at one moment. */
  addTimes(times: readonly TaskTime[]): void;
}

/** Opens a folder; nothing is written before there is something to write. */
export function openResults(dir: string): ResultsFolder {
  const path = resolve(dir);
  const registerPath = join(path, 'register.jsonl');
  const ledgers = join(path, 'ledger');
  const timesPath = join(path, 'computing.csv');
  const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const rowsOf = (file: string): readonly LedgerRow[] => (existsSync(file) ? parseLedger(textOf(file), file) : []);
  const times = (): readonly TaskTime[] => parseTaskTimes(textOf(timesPath), timesPath);
  return {
    path,
    read: () => ({
      register: parseRegister(textOf(registerPath), registerPath),
      rows: namesIn(ledgers)
        .filter((name) => name.endsWith('.csv'))
        .flatMap((name) => rowsOf(join(ledgers, name))),
    }),
    digests: () =>
      Object.fromEntries(
        [registerPath, timesPath, ...namesIn(ledgers).map((name) => join(ledgers, name))].map((file) => [
          basename(file),
          sha256Hex(textOf(file)),
        ]),
      ),
    register: (entries) => replaceFile(registerPath, textOf(registerPath) + registerText(entries)),
    add(experiment, protocol, rows) {
      const file = join(ledgers, `${experiment}.${protocol}.csv`);
      replaceFile(file, ledgerText(withRows(rowsOf(file), rows, file)));
    },
    times,
    addTimes: (more) => replaceFile(timesPath, taskTimesText([...times(), ...more])),
  };
}

/** Where the register and the ledger of the package's own experiments lie, or beside a user's file those of its. */
export function resultsFolderOf(source: string | undefined): string {
  if (source === undefined) return fileURLToPath(new URL('../../../../docs/results', import.meta.url));
  return join(dirname(source), `${basename(source, extname(source))}.results`);
}
