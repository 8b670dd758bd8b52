interface Place {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

/** What is asked of the source. */
export const limits: {
  readonly functionLines: Readonly<Record<'median' | 'p90' | 'p99' | 'most', number>>;
  readonly folderFiles: number;
  readonly columns: number;
  readonly documented: number;
};
/** Folders that may hold more files than others, and why. */
export const largeFolders: Readonly<Record<string, string>>;
/** The source as it stands, measured. */
export function measureShape(): {
  readonly functions: readonly (Place & { readonly lines: number })[];
  readonly functionLines: Readonly<Record<'count' | 'median' | 'p90' | 'p99' | 'most', number>>;
  readonly largeFolders: readonly (readonly [string, number])[];
  readonly longLines: readonly string[];
  readonly cycles: readonly (readonly string[])[];
  readonly exports: number;
  readonly undocumented: readonly Place[];
  readonly shaped: number;
  readonly unshaped: readonly Place[];
};
