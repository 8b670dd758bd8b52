/**
 * Colours that stay apart for colour-blind eyes and in grey print (Okabe and Ito 2008, without the yellow that is lost
 * on white).
 */
const few = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'] as const;

/**
 * A ramp from dark violet to light green, for more than the seven above: its lightness says their order (viridis,
 * without the yellow end).
 */
const ramp = ['#440154', '#46327e', '#365c8d', '#277f8e', '#1fa187', '#4ac16d', '#9fda3a'] as const;

/** Colour of the truth, behind what was learnt of it. */
export const truthColour = '#b4bac2';

/** The colour of one of `count` things that are drawn together, by its place among them. */
export function colourAt(index: number, count: number): string {
  if (count <= few.length) return few[index % few.length]!;
  const position = (index / (count - 1)) * (ramp.length - 1);
  const below = Math.min(Math.floor(position), ramp.length - 2);
  return mixed(ramp[below]!, ramp[below + 1]!, position - below);
}

function mixed(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number];
    return Math.round(a + share * (b - a))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/**
 * Colours of arms, given the arms of each figure in turn: an arm keeps its colour through all figures, and a new one
 * gets the first that its figure does not have yet.
 * A figure of more than seven is drawn in a ramp of its own.
 */
export function armColours(figures: readonly (readonly string[])[]): readonly ReadonlyMap<string, string>[] {
  const kept = new Map<string, string>();
  return figures.map((arms) => {
    if (arms.length > few.length) return new Map(arms.map((id, i) => [id, colourAt(i, arms.length)]));
    for (const id of arms) {
      if (kept.has(id)) continue;
      const taken = new Set(arms.map((other) => kept.get(other)));
      kept.set(id, few.find((colour) => !taken.has(colour)) ?? few[0]);
    }
    return new Map(arms.map((id) => [id, kept.get(id)!]));
  });
}
