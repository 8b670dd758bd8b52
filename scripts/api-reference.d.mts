/** Pages of docs/api that differ from what the built declarations say. */
export function stalePages(): readonly string[];
