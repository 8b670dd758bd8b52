/** A table of text, the same for Markdown, CSV and HTML. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** RFC 4180: cells with a comma, quote or line end are quoted, lines end with CRLF. */
export function csv({ columns, rows }: TextTable): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
