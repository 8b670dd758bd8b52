import { canonicalJson } from '../../base/canonical-json.js';
import { groupBy } from '../../base/group-by.js';
import type { Experiment } from '../../study/experiment.js';
import type { ProtocolId } from '../../study/names.js';
import { type JudgedPart, judgedParts } from './definition.js';
import type { RegisterEntry } from './register.js';

/** How the claims of the code and a register stand to each other. */
export interface RegisterState {
  /** What the register has otherwise, a line each: claims that were changed without a new version, or are gone. */
  readonly problems: readonly string[];
  /** Parts that are not registered, in the order in which they would be. */
  readonly missing: readonly JudgedPart[];
}

interface Key {
  readonly experiment: string;
  readonly claim: string;
  readonly protocol: ProtocolId;
}

const nameOf = ({ experiment, claim, protocol }: Key): string => `${experiment} ${claim} ${protocol}`;
const nameOfPart = ({ experiment, claim, protocol }: JudgedPart): string =>
  nameOf({ experiment: experiment.id, claim: claim.id, protocol: protocol.id });

/** Compares the claims of some experiments with a register. */
export function compareRegister(register: readonly RegisterEntry[], experiments: readonly Experiment[]): RegisterState {
  const ids = new Set(experiments.map(({ id }) => id));
  const parts = groupBy(judgedParts(experiments), nameOfPart);
  const entries = groupBy(
    register.filter(({ experiment }) => ids.has(experiment)),
    nameOf,
  );
  const gone = [...entries.keys()].filter((name) => !parts.has(name));
  const compared = [...parts].map(([name, own]) => compareClaim(name, own, entries.get(name) ?? []));
  return {
    problems: [
      ...gone.map((name) => `${name}: registered, and no longer judged; it cannot be taken out of the register`),
      ...compared.flatMap(({ problems }) => problems),
    ],
    missing: compared.flatMap(({ missing }) => missing),
  };
}

function compareClaim(name: string, parts: readonly JudgedPart[], entries: readonly RegisterEntry[]): RegisterState {
  const { version } = parts[0]!;
  const latest = Math.max(0, ...entries.map((entry) => entry.version));
  if (version > latest) return { problems: [], missing: parts };
  if (version < latest)
    return { problems: [`${name}: expected version ${latest}, which is registered, got ${version}`], missing: [] };
  const own = entries.filter((entry) => entry.version === latest);
  const count = own.length === parts.length ? [] : [`tests (${own.length} registered, ${parts.length} now)`];
  const changed = own.flatMap((entry) => {
    const now = parts[entry.part];
    if (now === undefined || now.hash === entry.definitionHash) return [];
    return differences(entry.definition, now.definition, `part ${entry.part}`);
  });
  const all = [...count, ...changed];
  if (all.length === 0) return { problems: [], missing: [] };
  const more = all.length > 4 ? ` and ${all.length - 4} more` : '';
  const what = `${all.slice(0, 4).join('; ')}${more}`;
  return {
    problems: [`${name}: changed after it was registered: ${what}; raise its version to ${latest + 1}`],
    missing: [],
  };
}

/** Where two values that JSON can hold differ, and how. */
function differences(before: unknown, now: unknown, path: string): readonly string[] {
  if (before !== null && now !== null && typeof before === 'object' && typeof now === 'object') {
    const [a, b] = [before as Readonly<Record<string, unknown>>, now as Readonly<Record<string, unknown>>];
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => differences(a[key], b[key], `${path}.${key}`));
  }
  if (before === now) return [];
  const text = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value).slice(0, 60));
  return [`${path} was ${text(before)}, is ${text(now)}`];
}
