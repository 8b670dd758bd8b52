import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DrawnFigure, FigureRequest } from '../../../report/drawing/draw-figure.js';
import { replaceQuickly } from '../files.js';
import { drawProgram } from './drawing-threads.js';

/** Figures that were drawn before, each under the digest of all that its picture depends on. */
export interface FigureCache {
  read(figure: FigureRequest): DrawnFigure | undefined;
  /** Where the cache cannot be written, the figure is drawn anew the next time. */
  keep(figure: FigureRequest, drawn: DrawnFigure): void;
  /** Removes those that were not used for the longest time while there are too many bytes. */
  trim(): void;
}

/** Bytes that a cache may hold, and down to which it is then trimmed. */
interface Bounds {
  readonly most: number;
  readonly kept: number;
}

const usualBounds: Bounds = { most: 256 * 2 ** 20, kept: 128 * 2 ** 20 };

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update(' ').update(part);
  return hash.digest('hex');
};

/** Names all code and all fonts that make a picture of a spec: two that differ in any of it share no figure. */
export function drawingDigest(fontFiles: readonly string[]): string {
  const { version } = createRequire(import.meta.url)('@resvg/resvg-js/package.json') as { version: string };
  const machine = `resvg ${version} v8 ${process.versions.v8} ${process.platform} ${process.arch}`;
  return sha256(machine, readFileSync(drawProgram), ...fontFiles.map((file) => readFileSync(file)));
}

/** The cache in a folder, for figures that are drawn by the code and the fonts of a digest. */
export function openFigureCache(folder: string, code: string, bounds = usualBounds): FigureCache {
  const pathOf = ({ title, specs }: FigureRequest): string =>
    join(folder, `${sha256(code, title, specs.alone, specs.narrow)}.figure`);
  return {
    read(figure) {
      try {
        const drawn = unpacked(readFileSync(pathOf(figure)));
        if (drawn) utimesSync(pathOf(figure), new Date(), new Date());
        return drawn;
      } catch {
        return undefined;
      }
    },
    keep(figure, drawn) {
      try {
        replaceQuickly(pathOf(figure), packed(drawn));
      } catch {
        return;
      }
    },
    trim: () => trimFolder(folder, bounds),
  };
}

/** 64 hex digits over the rest, the number of bytes of the markup, a line end, the markup, the PNG. */
function packed({ inline, png }: DrawnFigure): Buffer {
  const markup = Buffer.from(inline);
  const rest = Buffer.concat([Buffer.from(`${markup.length}\n`), markup, png]);
  return Buffer.concat([Buffer.from(sha256(rest)), rest]);
}

/** Undefined where the bytes are not those that were written. */
function unpacked(bytes: Buffer): DrawnFigure | undefined {
  const rest = bytes.subarray(64);
  if (bytes.subarray(0, 64).toString() !== sha256(rest)) return undefined;
  const start = rest.indexOf('\n') + 1;
  const end = start + Number(rest.subarray(0, start - 1).toString());
  return { inline: rest.subarray(start, end).toString(), png: new Uint8Array(rest.subarray(end)) };
}

function trimFolder(folder: string, { most, kept }: Bounds): void {
  try {
    const files = readdirSync(folder).map((name) => ({ path: join(folder, name), ...sizeAndTime(join(folder, name)) }));
    let total = files.reduce((sum, { size }) => sum + size, 0);
    if (total <= most) return;
    for (const { path, size } of files.toSorted((a, b) => a.usedAt - b.usedAt)) {
      if (total <= kept) return;
      rmSync(path, { force: true });
      total -= size;
    }
  } catch {
    return;
  }
}

function sizeAndTime(path: string): { readonly size: number; readonly usedAt: number } {
  const { size, mtimeMs } = statSync(path);
  return { size, usedAt: mtimeMs };
}
