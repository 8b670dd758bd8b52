import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../base/errors.js';
import { replaceFile } from '../files.js';

/**
 * How a store's folders and files are laid out: raised whenever an older version could no longer read what a newer one
 * writes.
 */
export const storeFormat = 1;

/**
 * The file of a store that has its format number. Stores of before there was a number have none, and are of format 1.
 */
const formatFile = (store: string): string => join(store, 'store.json');

/**
 * Makes sure that a store, if there is one, is laid out as this version reads it.
 * @throws UserError if it is of a newer format, or its number is damaged
 */
export function requireKnownFormat(store: string): void {
  const path = formatFile(store);
  if (!existsSync(path)) return;
  const format = formatIn(readFileSync(path, 'utf8'));
  if (format === undefined) {
    const why = `expected a format number, as {"format":${storeFormat}}, got none`;
    throw new UserError(`${path}: ${why}; if no newer version of Descent has used this store, remove the file`);
  }
  if (format <= storeFormat) return;
  throw new UserError(
    `store ${store}: expected format ${storeFormat} or an older one, got ${format}; ` +
      'use the newer version of Descent that wrote it, or choose another folder',
  );
}

/** Writes the format number into a store that has none. */
export function markFormat(store: string): void {
  const path = formatFile(store);
  if (!existsSync(path)) replaceFile(path, `${JSON.stringify({ format: storeFormat })}\n`);
}

function formatIn(text: string): number | undefined {
  try {
    const { format } = JSON.parse(text) as { readonly format?: unknown };
    return Number.isSafeInteger(format) && Number(format) >= 1 ? Number(format) : undefined;
  } catch {
    return undefined;
  }
}
