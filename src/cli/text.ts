/** Writes lines to stdout. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Rows as lines with columns of equal width, two blanks apart. */
export function columnLines(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A time for people: `0.4 s`, `12 s`, `3 min`, `2.5 h`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Columns of a terminal that nobody has made wider. */
const lineWidth = 80;

/**
 * A text as lines of at most 80 columns, broken between words: the first begins with `lead`, the others after `hanging`
 * blanks. A word that is longer has a line of its own.
 */
export function wrapped(
  text: string,
  { lead, hanging }: { readonly lead: string; readonly hanging: number },
): string[] {
  const lines = [lead];
  let isStart = true;
  for (const word of text.split(/ +/)) {
    const line = lines.at(-1)!;
    if (isStart) lines[lines.length - 1] = line + word;
    else if (line.length + 1 + word.length <= lineWidth) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(' '.repeat(hanging) + word);
    isStart = false;
  }
  return lines;
}
