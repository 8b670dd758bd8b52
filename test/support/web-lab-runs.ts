import type { Page } from 'playwright-core';
import type { TrialSpec } from '../../src/tasks/trial-spec.js';
import { readLink } from '../../web/state/link.js';
import { descent } from './descent.js';

/** A page of any browser in which a script can be evaluated. */
export type AnyPage = Pick<Page, 'evaluate'>;

/** Waits until Play shows a run that can be trained. */
export const runReady = (page: Page) =>
  page.waitForFunction(() => globalThis.descent?.lab.active.value?.facts.value !== undefined);

/** Waits until the run that is shown stands at a step. */
export const standsAt = (page: Page, step: number) =>
  page.waitForFunction((wanted) => {
    const place = globalThis.descent?.lab.active.value?.place.value;
    return place?.step === wanted && place.replaying === 0;
  }, step);

/** Where the run that is shown stands. */
export const placeIn = (page: Page) => page.evaluate(() => ({ ...globalThis.descent.lab.active.value!.place.value }));

/** The step to which a reload of the page would come. */
export const stepInAddress = async (page: Page): Promise<number> =>
  (await readLink(new URL(page.url()).hash.slice('#/play/'.length))).step;

/** Starts a run of a spec in the page's lab, as the controls would. */
export const openRun = (page: AnyPage, spec: TrialSpec): Promise<void> =>
  page.evaluate(async (json) => {
    while (!globalThis.descent?.lab.active.value) await new Promise((resume) => setTimeout(resume, 5));
    const { lab } = globalThis.descent;
    lab.pace.value = 0;
    const view = lab.open(json);
    while (!view.facts.value) {
      if (view.problem.value) throw new Error(view.problem.value);
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }, spec);

/** How a run came to a step: milliseconds until it stood there, and steps from the nearest keyframe before it. */
export interface Sought {
  readonly ms: number;
  readonly replayed: number;
}

/** Moves the run that is shown to a step and waits until it stands there. */
export const seek = (page: AnyPage, step: number): Promise<Sought> =>
  page.evaluate(async (wanted) => {
    const { lab } = globalThis.descent;
    const view = lab.active.value!;
    const begin = performance.now();
    lab.seek(wanted);
    await new Promise<void>((arrive) => {
      let stop = (): void => {};
      stop = view.place.subscribe(({ step: now, replaying }) => {
        if (now !== wanted || replaying > 0) return;
        arrive();
        setTimeout(() => stop());
      });
    });
    const ms = performance.now() - begin;
    const before = view.keyframes.value.filter((key) => key <= wanted);
    return { ms, replayed: wanted - Math.max(...before) };
  }, step);

/** Digest of the weights and moments where the run that is shown stands. */
export const digestIn = (page: AnyPage): Promise<string> =>
  page.evaluate(async () => {
    const { lab } = globalThis.descent;
    return (await lab.ask(lab.active.value!, 'digest')).digest;
  });

/** Moves the run that is shown to a step. Returns the digest of its state there. */
export async function digestAt(page: AnyPage, step: number): Promise<string> {
  await seek(page, step);
  return digestIn(page);
}

/** Runs to the end. Returns the result hash. */
export const hashAtEnd = (page: AnyPage): Promise<string> =>
  page.evaluate(async () => {
    const { lab } = globalThis.descent;
    const view = lab.active.value!;
    lab.play();
    while (!view.outcome.value) {
      if (view.problem.value) throw new Error(view.problem.value);
      await new Promise((resume) => setTimeout(resume, 5));
    }
    return view.outcome.value.hash;
  });

/** Leaves the run that is shown after a step, with a change or without one. */
export const branchAt = (
  page: AnyPage,
  step: number,
  edit?: { readonly path: string; readonly value: number },
): Promise<void> =>
  page.evaluate(
    async ({ atStep, change }) => {
      const { lab } = globalThis.descent;
      const from = lab.active.value!;
      const spec = change ? { ...from.spec, edits: [{ atStep: atStep + 1, ...change }] } : from.spec;
      const view = lab.branch(from, atStep, spec);
      while (!view.facts.value) {
        if (view.problem.value) throw new Error(view.problem.value);
        await new Promise((resume) => setTimeout(resume, 5));
      }
    },
    { atStep: step, change: edit },
  );

/** Shows the first run again. */
export const showFirst = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { lab } = globalThis.descent;
    lab.show(lab.runs.value[0]!);
  });

/** What the page's button copies as the trial. The clipboard itself is one for all pages of the browser. */
export async function copiedTrial(page: Page): Promise<string> {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset['copied'] = text;
    };
    delete document.documentElement.dataset['copied'];
  });
  await page.getByText('Share', { exact: true }).click();
  await page.getByRole('button', { name: 'Copy trial JSON' }).click();
  await page.waitForFunction(() => document.documentElement.dataset['copied'] !== undefined);
  await page.getByText('Share', { exact: true }).click();
  return page.evaluate(() => document.documentElement.dataset['copied']!);
}

/** The hash that `descent train` prints of a trial's JSON. */
export async function hashOfCommand(json: string): Promise<string> {
  const { code, stdout, stderr } = await descent(['train', '-', '--json'], { input: json });
  if (code !== 0) throw new Error(`descent train: expected exit code 0, got ${code}: ${stderr}`);
  return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { readonly hash: string }).hash;
}

/** Opens the panels that are charts over steps: with those of loss and gradient norm they are four. */
export async function openFourCharts(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Gradient norm of each layer' }).click();
  await page.getByRole('button', { name: 'Largest curvature and its bound' }).click();
}
