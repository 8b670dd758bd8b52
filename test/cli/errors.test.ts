import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { descent } from '../support/descent.js';
import { descentHere } from '../support/descent-here.js';
import { temporaryFolder, tinySpec } from '../support/store.js';

/** What a mistake must lead to: one line on stderr, no stack, exit code 2. */
async function complaint(args: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await (input === undefined ? descentHere(args) : descent(args, { input }));
  expect(stderr.trim().split('\n'), stderr).toHaveLength(1);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr.trim();
}

test('mistyped commands, options, experiments and presets suggest the nearest', async () => {
  expect(await complaint(['raport'])).toBe("descent: unknown command 'raport' (Did you mean report?)");
  expect(await complaint(['run', '--sedes', '1'])).toBe("descent: unknown option '--sedes' (Did you mean --seeds?)");
  expect(await complaint(['run', 'function-fit-sink'])).toMatch(
    /got "function-fit-sink" \(did you mean function-fit-sinc\?\)$/,
  );
  expect(await complaint(['run', '--preset', 'quik'])).toMatch(/got "quik" \(did you mean quick\?\)$/);
  expect(await complaint(['run', '--dry-run', '--set', 'optimizer.lerningRate=1'])).toMatch(
    /\(did you mean learningRate\?\)/,
  );
});

test('a process says what the same call says here, and ends with its exit code', async () => {
  for (const args of [['raport'], ['run', '--seeds', '5..1'], ['train', 'no-such.json']])
    expect(await descent(args)).toMatchObject(await descentHere(args));
});

test('values of options that are none say what is expected', async () => {
  expect(await complaint(['run', '--seeds', '5..1'])).toContain('expected seeds as 1..5 or 1,2,3');
  expect(await complaint(['run', '--workers', '0'])).toContain('expected a whole number of at least 1, got "0"');
  expect(await complaint(['run', '--set', 'seed'])).toContain('--set: expected path=value');
});

test('a bad spec is named by field, from a file and from standard input', async () => {
  const file = join(temporaryFolder(), 'spec.json');
  writeFileSync(file, JSON.stringify({ ...tinySpec, seed: -1 }));
  const expected = 'descent: seed: expected a whole number from 0 to 4294967295, got -1';
  expect(await complaint(['train', file])).toBe(expected);
  expect(await complaint(['train', '-'], JSON.stringify({ ...tinySpec, seed: -1 }))).toBe(expected);
});

test('what is no JSON, or no file, says so', async () => {
  expect(await complaint(['train', '-'], '{"data":')).toMatch(/^descent: standard input: expected JSON, got /);
  expect(await complaint(['train', 'no-such.json'])).toBe(
    "descent: no-such.json: expected a file with a trial's JSON, got ENOENT",
  );
});

test('several problems of a spec are a line each', async () => {
  const { code, stderr } = await descent(['train', '-'], {
    input: JSON.stringify({ ...tinySpec, seed: -1, loss: 'mes' }),
  });
  expect(code).toBe(2);
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => line.split(':')[1]),
  ).toEqual([' loss', ' seed']);
});

test('a data folder without MNIST names the first file that is missing', async () => {
  const folder = temporaryFolder();
  const message = await complaint([
    'run',
    'mnist-depth',
    '--preset',
    'smoke',
    '--data',
    folder,
    '--store',
    join(folder, 'store'),
  ]);
  expect(message).toContain(join(folder, 'train-images-idx3-ubyte'));
});

test('SQL that is wrong shows what DuckDB says', async () => {
  expect(await complaint(['query', 'SELECT * FROM trails', '--store', temporaryFolder()])).toMatch(
    /^descent: query: .*Did you mean "trials"/,
  );
});

test('a report without a run or a ledger says how to start one', async () => {
  const folder = temporaryFolder();
  const where = ['--store', folder, '--results', folder, '--out', join(folder, 'report')];
  expect(await complaint(['report', ...where])).toContain('start one with: descent run');
});

test('--debug shows the stack', async () => {
  const { stderr } = await descent(['--debug', 'train', 'no-such.json']);
  expect(stderr).toMatch(/\n {4}at /);
});
