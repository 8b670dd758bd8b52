import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { m1, specs } from '../support/browser-specs.js';
import { longTest } from '../support/length.js';
import { describeLab } from '../support/web-lab.js';
import { branchAt, hashAtEnd, openRun, seek } from '../support/web-lab-runs.js';

declare global {
  /** Files that the page has handed out, by name; bytes as a string of their codes. */
  var filesSaved: Record<string, string>;
}

/** In the page: files are kept instead of saved. */
const keepFiles = (page: Page): Promise<void> =>
  page.evaluate(() => {
    globalThis.filesSaved = {};
    const blobs = new Map<string, Blob>();
    URL.createObjectURL = (blob) => {
      blobs.set(`blob:${blobs.size}`, blob as Blob);
      return `blob:${blobs.size - 1}`;
    };
    HTMLAnchorElement.prototype.click = async function () {
      const bytes = new Uint8Array(await blobs.get(this.href)!.arrayBuffer());
      globalThis.filesSaved[this.download] = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    };
  });

/** Saves a panel in a form. Returns the file's name and its bytes. */
async function saved(page: Page, title: string, form: 'SVG' | 'PNG' | 'CSV'): Promise<readonly [string, Buffer]> {
  await page.evaluate(() => {
    globalThis.filesSaved = {};
  });
  await page.getByRole('button', { name: `${title} as ${form}`, exact: true }).click();
  await page.waitForFunction(() => Object.keys(globalThis.filesSaved).length === 1);
  const [name, text] = Object.entries(await page.evaluate(() => globalThis.filesSaved))[0]!;
  return [name, Buffer.from(text, 'latin1')];
}

/** What a picture in a file is: its shapes and texts by their elements, and whether it is well formed. */
const readSvg = (page: Page, svg: string) =>
  page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    const count = (name: string): number => read.querySelectorAll(name).length;
    return {
      isWhole: count('parsererror') === 0,
      proof: read.querySelector('metadata')!.textContent,
      shapes: ['polyline', 'path', 'circle', 'image'].reduce((sum, name) => sum + count(name), 0),
      texts: [...read.querySelectorAll('text')].map(({ textContent }) => textContent).join(' '),
    };
  }, svg);

/** Share of the pixels of a picture that are not of its commonest colour. */
const inkOf = (page: Page, png: Buffer): Promise<number> =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d')!;
    pen.drawImage(image, 0, 0);
    const pixels = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
    const counts = new Map<number, number>();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return 1 - Math.max(...counts.values()) / pixels.length;
  }, png.toString('base64'));

interface Expected {
  readonly title: string;
  readonly words: string;
  /** Columns of its numbers, and rows at least. */
  readonly columns: string;
  readonly rows: number;
  readonly shapes: number;
}

/** A panel in all three forms: each is what is seen, and says of which trial it is. */
async function expectSaved(page: Page, { title, words, columns, rows, shapes }: Expected): Promise<void> {
  await page.getByLabel(`Save ${title}`, { exact: true }).click();
  const [svgName, svg] = await saved(page, title, 'SVG');
  const read = await readSvg(page, svg.toString());
  expect(svgName).toMatch(/^descent-[A-Z]-.*\.svg$/);
  expect(read.isWhole, title).toBe(true);
  expect(read.texts, title).toContain(words);
  expect(read.shapes, title).toBeGreaterThanOrEqual(shapes);
  const proof = JSON.parse(read.proof!) as { readonly spec: string; readonly hash: string; readonly beside?: object };
  const shown = await page.evaluate(() => globalThis.descent.lab.active.value!.spec);
  expect(JSON.parse(proof.spec), title).toEqual(shown);
  const [, png] = await saved(page, title, 'PNG');
  expect(png.toString('latin1'), title).toContain(`spec\0\0\0\0\0${JSON.stringify(shown)}`);
  expect(await inkOf(page, png), title).toBeGreaterThan(0.005);
  const [, csv] = await saved(page, title, 'CSV');
  const lines = csv.toString().trim().split('\n');
  expect(lines[0], title).toBe(`# spec: ${JSON.stringify(shown)}`);
  expect(lines[1], title).toBe(`# hash: ${proof.hash}`);
  const body = lines.filter((line) => !line.startsWith('#'));
  expect(body[0], title).toBe(columns);
  expect(body.length - 1, title).toBeGreaterThanOrEqual(rows);
  await page.getByLabel(`Save ${title}`, { exact: true }).click();
}

/** Boxes with a picture in them that cannot be saved. */
const unsaved = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const pictures = [...document.querySelectorAll('main :is(canvas, svg[role=img])')];
    const boxes = new Set(pictures.map((one) => one.closest('figure, .panel-box')));
    return [...boxes].flatMap((box) => (box?.querySelector('.save') ? [] : [box?.textContent ?? 'no box']));
  });

const openPanels = async (page: Page): Promise<void> => {
  const panels = page.getByRole('group', { name: 'Panels' }).getByRole('button');
  for (const panel of await panels.all()) await panel.click();
};

/** A small network on few samples: everything can be measured of it. */
const small: TrialSpec = { ...m1(300), model: { kind: 'mlp', widths: [1, 8, 1], activation: 'tanh' } };

describeLab('a panel that is saved', (lab) => {
  longTest('is what is seen of it, or its numbers, with spec and hash; whatever panel it is', async () => {
    const { page } = await lab.open();
    await keepFiles(page);
    await openRun(page, small);
    await openPanels(page);
    await hashAtEnd(page);
    await branchAt(page, 150, { path: 'optimizer.learningRate', value: 0.01 });
    await seek(page, 300);
    await page.getByRole('button', { name: 'Run 16 seeds' }).click();
    await page.getByText('16 of 16 seeds').waitFor();
    await page.getByRole('img', { name: 'Path of the weights of B and A' }).waitFor();
    await page.getByText(/B after step 300: \d+ eigenvalues/).waitFor();
    await page.waitForFunction(() => globalThis.descent.lab.compared.value!.place.value.step === 300);
    expect(await unsaved(page)).toEqual([]);
    const lines = { rows: 300, shapes: 2 };
    const expected: readonly Expected[] = [
      { title: 'Network', words: 'network B', columns: 'of,x,y', rows: 300 + 2 * 401, shapes: 302 },
      { title: 'Loss', words: 'training B', columns: 'step,training B,training A', ...lines },
      { title: 'Gradient norm', words: 'norm A', columns: 'step,norm B,norm A', ...lines },
      {
        title: 'Gradient norm of each layer',
        words: 'layer 0 B',
        columns: 'step,layer 0 B,layer 2 B,layer 0 A,layer 2 A',
        ...{ rows: 20, shapes: 4 },
      },
      {
        title: 'Weights of each layer',
        words: 'Outline: A',
        columns: 'run,tensor,from,to,weights',
        rows: 40,
        shapes: 4,
      },
      {
        title: 'Largest curvature and its bound',
        words: 'steps of B grow above this',
        columns: 'step,largest eigenvalue B,largest eigenvalue A',
        ...{ rows: 20, shapes: 2 },
      },
      { title: 'Spectrum of the Hessian', words: 'eigenvalues', columns: 'run,step,eigenvalue', rows: 25, shapes: 4 },
      { title: 'Path of the weights', words: 'keyframes', columns: 'run,step,x,y', rows: 8, shapes: 10 },
      {
        title: 'Loss over seeds',
        words: 'n = 16',
        columns: 'step,"training, median","training, median: band from","training, median: band to"',
        ...{ rows: 300, shapes: 1 },
      },
    ];
    for (const one of expected) await expectSaved(page, one);
  });

  longTest('is a plane of two classes, or digits with what they are taken for', async () => {
    const { page } = await lab.open();
    await keepFiles(page);
    await openRun(page, specs['a table of classes with a test part']!);
    await hashAtEnd(page);
    const outputs = 'output 0,output 1,output 2';
    const cells = { columns: `of,x,y,target,${outputs}`, rows: 20 + 72 * 72 };
    await expectSaved(page, { title: 'Network', words: 'the network draws the line', ...cells, shapes: 21 });
    await openRun(page, specs['MNIST, sparse input, random labels, adamW']!);
    await hashAtEnd(page);
    const shares = Array.from({ length: 10 }, (_, digit) => `share of ${digit}`);
    const digits = { columns: ['run', 'image', 'label', ...shares].join(','), rows: 24 };
    await expectSaved(page, { title: 'Network', words: 'Test images', ...digits, shapes: 25 });
    // The one that is drawn is none of the test images.
    await page.getByLabel('Draw a digit').press('ArrowDown');
    await page.getByText('Your drawing: a').waitFor();
    await page.getByLabel('Save Network', { exact: true }).click();
    const [, csv] = await saved(page, 'Network', 'CSV');
    expect(csv.toString().trim().split('\n').at(-1)).toMatch(/^[A-Z],drawn,,/);
    expect(await unsaved(page)).toEqual([]);
  });
});
