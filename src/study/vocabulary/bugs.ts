import { type Bug, type Protocol, standardSwitches } from '../experiment.js';

/** Which of some bugs are on. */
export type Switches<B> = { readonly [name in keyof B]: boolean };

type Bugs = Readonly<Record<string, Bug>>;

/** Bugs by name, each with what it is about; it is on unless it says otherwise. */
export const bugs = <const K extends string>(
  named: Readonly<Record<K, Omit<Bug, 'standard'> & Partial<Bug>>>,
): Readonly<Record<K, Bug>> =>
  Object.fromEntries(
    Object.entries<Omit<Bug, 'standard'>>(named).map(([name, bug]) => [name, { standard: true, ...bug }]),
  ) as Record<K, Bug>;

/** All of some bugs off. */
export const noneOf = <B extends Bugs>(known: B): Switches<B> =>
  Object.fromEntries(Object.keys(known).map((name) => [name, false])) as Switches<B>;

/** All of some bugs as the protocol has them that stands. */
export const standardOf = <B extends Bugs>(known: B): Switches<B> => standardSwitches(known) as Switches<B>;

/** A protocol with bugs that can be switched: `parts` are its arms, figures and quantities with some of them on. */
export function switchable<B extends Bugs>(
  known: B,
  parts: (on: Switches<B>) => Omit<Protocol, 'bugs' | 'withBugs'>,
): Protocol {
  const switched = (on: Switches<B>): Protocol => ({
    ...parts(on),
    bugs: known,
    withBugs: (changed) => switched({ ...on, ...changed }),
  });
  return switched(standardOf(known));
}
