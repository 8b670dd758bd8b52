import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { descent, startDescent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { isLong, runs } from '../support/length.js';
import { folderOfFile, temporaryFolder, tinySpec } from '../support/store.js';

const { seed: _, ...tiny } = tinySpec;
const armOf = (id: string, epochs: number) => ({
  id,
  label: id,
  spec: { ...tiny, model: { ...tiny.model, widths: [1, 8, 1] }, stop: { epochs }, observe: { loss: 'step' } },
});
const loss = (arm: string) => ({ arm, reading: { kind: 'last', metric: 'loss' } });
const ratioOf = (a: string, b: string) => ({ ratio: [loss(a), loss(b)] });
const below = (x: object, margin: number, noEffect: number) => ({
  'as-intended': { tests: [{ kind: 'median', label: 'loss', x, direction: 'below', margin, noEffect }] },
});
const claimOf = (id: string, judged: object) => ({ id, statement: `Claim ${id}.`, metric: 'loss', judged });

/** More epochs of gradient descent end in a smaller loss: so much is known, and each claim follows from it. */
const claims = [
  claimOf('learns', below(ratioOf('long', 'short'), 1, 1)),
  claimOf('unlearns', below(ratioOf('short', 'long'), 1, 1)),
  claimOf('learns-all', below(ratioOf('long', 'short'), 1e-9, 1)),
  claimOf('is-itself', below({ difference: [loss('long'), loss('long')] }, 0, 0)),
  claimOf('cannot-be-judged', { 'as-intended': { noTest: 'nothing is measured' } }),
];
const experiment = {
  ...{ id: 'known', title: 'Known', question: 'Is the judge right?' },
  protocols: [
    {
      ...{ id: 'as-intended', note: 'A test.' },
      presets: { study: { seeds: [1], arms: [armOf('long', 30), armOf('short', 1)], miniature: false } },
    },
  ],
};
const write = (folder: string, own: readonly object[] = claims): string => {
  const file = join(folder, 'known.json');
  writeFileSync(file, JSON.stringify({ ...experiment, claims: own }));
  return file;
};
const ledgerOf = (folder: string): string =>
  readFileSync(join(folder, 'known.results', 'ledger', 'known.as-intended.csv'), 'utf8');
const inFolder = (folder: string) => {
  const store = join(folder, 'store');
  return {
    register: (...more: readonly string[]) => descentHere(['register', write(folder), '--store', store, ...more]),
    studyArgs: ['study', join(folder, 'known.json'), '--until-decided', '--max-seeds', '40', '--store', store],
    verify: (...more: readonly string[]) =>
      descent(['verify', join(folder, 'known.json'), '--store', join(folder, 'none'), ...more]),
  };
};

const whole = folderOfFile();

test('a study ends in what is known to be true, and says how each interval shrank', async () => {
  const { register, studyArgs, verify } = inFolder(whole);
  const registered = await register();
  expect(registered.code, registered.stderr).toBe(0);
  expect(registered.stdout).toContain('4 places registered, 156 of 160 left');
  const study = await descent([...studyArgs, '--workers', '2']);
  expect(study.code, study.stderr).toBe(0);
  expect(study.stdout).toMatch(/learns as-intended: seeds 1001 to 10\d\d, \d\d tasks/);
  for (const end of [
    'learns as-intended: stands',
    'unlearns as-intended: falls',
    'learns-all as-intended: falls short',
  ])
    expect(study.stdout).toContain(end);
  expect(study.stdout).toContain('is-itself as-intended: open, it has as many seeds as it may have');
  const plan = await descentHere(studyArgs.filter((word) => word !== '--until-decided'));
  expect(plan.stdout).toMatch(/computed so far: 56 tasks, .* of 56 of them by the clock, on .* cores?, .* kernels/);
  const verdicts = (await verify('--json')).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(verdicts.map(({ claim, outcome }) => [claim, outcome])).toEqual([
    ['learns', 'stands'],
    ['unlearns', 'falls'],
    ['learns-all', 'fallsShort'],
    ['is-itself', 'open'],
    ['cannot-be-judged', 'noTest'],
  ]);
  expect((await verify()).stdout).toContain('5 verdicts: 1 stands, 1 falls, 1 falls short, 1 open, 1 no test');
});

test('a share of the ledger is computed again to the bit; a row that was changed is found', async () => {
  const { verify } = inFolder(whole);
  const same = await verify('--check', '20%', '--seed', '1');
  expect(same.code, same.stderr).toBe(0);
  expect(same.stdout).toContain('all are the same, to the bit');
  const file = join(whole, 'known.results', 'ledger', 'known.as-intended.csv');
  const text = ledgerOf(whole);
  const changed = text.replace(/^(1,\w+,1002,)[^,]+,[^,]+/m, '$10.25,0.25');
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  const other = await verify('--check', '100%', '--seed', '1');
  writeFileSync(file, text);
  expect(other.code).toBe(1);
  expect(other.stdout).toContain('seed 1002 of place 1: expected 1,');
  expect(other.stdout).toContain('not the same: 1 row');
});

test('one that is killed again and again, its store lost once, comes to the same ledger', async () => {
  const folder = temporaryFolder();
  const { register, studyArgs } = inFolder(folder);
  await register();
  const patience = runs([150], [40, 80, 120, 160, 200, 300, 400, 600]);
  for (const [i, ms] of patience.entries()) {
    const child = startDescent(studyArgs);
    await new Promise((resolve) => setTimeout(resolve, 400 + ms));
    child.process.kill('SIGKILL');
    await child.ended;
    if (i === 0) rmSync(join(folder, 'store'), { recursive: true, force: true });
  }
  const last = await descent(studyArgs);
  expect(last.code, last.stderr).toBe(0);
  expect(ledgerOf(folder)).toBe(ledgerOf(whole));
}, 120_000);

test('what is registered cannot be changed, nor registered once its seeds were seen', async () => {
  const { register, studyArgs } = inFolder(whole);
  const [first, ...others] = claims;
  const check = async (own: readonly object[]) => {
    const file = join(whole, 'known.json');
    write(whole, own);
    const ended = await descentHere(['register', file, '--check', '--store', join(whole, 'store')]);
    const refused = await descentHere(['register', file, '--store', join(whole, 'store')]);
    const study = await descentHere([...studyArgs, '--rounds', '1']);
    write(whole);
    return { ended, refused, study };
  };
  expect((await register('--check')).code).toBe(0);
  const moved = await check([{ ...first, ...claimOf('learns', below(ratioOf('long', 'short'), 0.9, 1)) }, ...others]);
  expect(moved.ended.code).toBe(1);
  expect(moved.ended.stdout).toContain('part 0.test.margin was 1, is 0.9; raise its version to 2');
  expect(moved.refused).toMatchObject({ code: 2, stderr: expect.stringContaining('changed after it was registered') });
  expect(moved.study.stderr).toContain('left out, as they are not registered: learns as-intended');
  const late = await check([...claims, claimOf('late', below(ratioOf('long', 'short'), 0.5, 1))]);
  expect(late.refused.stderr).toContain('known late as-intended: expected seeds from 1001 that nobody has run');
  expect(late.ended.stdout).toContain('4 places of 160 taken, 1 to register');
});

test.runIf(isLong)('with a budget that cannot decide anything it shows three seeds', async () => {
  const folder = temporaryFolder();
  const { register, studyArgs } = inFolder(folder);
  await register();
  const study = await descent([...studyArgs, '--budget', '0.2s', '--json']);
  const lines = study.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ event }) => event === 'left').map(({ reason }) => reason.kind)).toContain('budget');
});
