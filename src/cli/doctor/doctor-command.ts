import { accessSync, constants, existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Store } from '../../lab/store.js';
import { codeOf } from '../../platform/node/files.js';
import { diagnoseMachine, type Finding } from '../../platform/node/machine/doctor.js';
import { checkStore } from '../../platform/node/store/check/check-store.js';
import { lockStore } from '../../platform/node/store/lock/store-lock.js';
import { openStore } from '../../platform/node/store/store.js';
import { print } from '../text.js';
import { repairStore } from './repair-store.js';
import { storeFindings } from './store-findings.js';

/** Options of `descent doctor`, as parsed. */
export interface DoctorCommandOptions {
  readonly store: string;
  readonly data?: string;
  readonly workers?: number;
  readonly repair?: boolean;
  readonly json?: boolean;
}

/**
 * Checks everything that runs depend on, a line each, and repairs the store if asked to. Returns the exit code: 1 if
 * there is a fault that stays.
 */
export async function doctorCommand(options: DoctorCommandOptions): Promise<number> {
  const { data, json = false } = options;
  const show = (finding: Finding): void => print(json ? JSON.stringify(finding) : lineOf(finding));
  const faults: string[] = [];
  for await (const finding of diagnoseMachine(data)) {
    show(finding);
    if (finding.state === 'fault') faults.push(finding.what);
  }
  const storeCode = await checkStoreOf(options, !faults.includes('training'), show);
  if (!json) print(...lastLines(faults.length, storeCode, options));
  return faults.length > 0 ? 1 : storeCode;
}

const lineOf = ({ what, state, text }: Finding): string => `${state.padEnd(5)}  ${what.padEnd(8)}  ${text}`;

function lastLines(faults: number, storeCode: number, { store, repair }: DoctorCommandOptions): readonly string[] {
  if (faults + storeCode === 0) return ['all is well'];
  const last = 'something is wrong: see the lines that begin with "fault"';
  if (storeCode === 0 || repair) return [last];
  return [last, `what is damaged or lost in the store is run again by: descent doctor --repair --store ${store}`];
}

type Show = (finding: Finding) => void;

/** A machine that computes wrongly must repair nothing. */
async function checkStoreOf(options: DoctorCommandOptions, mayRepair: boolean, show: Show): Promise<number> {
  const store = openStore(options.store);
  if (!existsSync(store.path)) {
    show({ what: 'store', state: 'ok', text: `${store.path}: none yet` });
    return 0;
  }
  return options.repair && mayRepair ? checkAndRepair(store, options, show) : checkOnly(store, show);
}

async function checkOnly({ path }: Store, show: Show): Promise<number> {
  const findings = [...writeFaults(path), ...storeFindings(await checkStore(path))];
  for (const finding of findings) show(finding);
  return findings.some(({ state }) => state === 'fault') ? 1 : 0;
}

function writeFaults(path: string): readonly Finding[] {
  try {
    accessSync(path, constants.W_OK);
    return [];
  } catch (error) {
    return [
      { what: 'store', state: 'fault', text: `${path}: expected a folder that can be written, got ${codeOf(error)}` },
    ];
  }
}

async function checkAndRepair(store: Store, options: DoctorCommandOptions, show: Show): Promise<number> {
  const { data: dataDir, json = false, workers = availableParallelism() } = options;
  const lock = lockStore(store.path);
  try {
    const check = await checkStore(store.path);
    for (const finding of storeFindings(check)) show(finding);
    return await repairStore(store, check, { workers, dataDir, json, show });
  } finally {
    lock.release();
  }
}
