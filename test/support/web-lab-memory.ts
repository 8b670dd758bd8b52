import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';

/** What a page of the lab keeps, once nothing is left to be collected. */
export interface Kept {
  /** Of objects and buffers of the page and its workers, and of WebAssembly's memories. */
  readonly bytes: number;
  /** Nodes of the document and what listens to events in it. */
  readonly nodes: number;
  readonly listeners: number;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

/** Asks the page itself or one of its workers over the protocol of Chromium's developer tools. */
type Ask = (method: string, params?: object) => Promise<unknown>;

/** Looks at what a page and its workers keep; workers that start later are seen as well. */
export async function watchMemory(page: Page): Promise<() => Promise<Kept>> {
  const session = await page.context().newCDPSession(page);
  const ofPage = session.send.bind(session) as Ask;
  const workers = await askWorkers(session);
  return async () => {
    const all = [ofPage, ...workers.values()];
    // A second time for what the first has set free.
    for (let time = 0; time < 2; time++) await Promise.all(all.map((ask) => ask('HeapProfiler.collectGarbage')));
    const sizes = await Promise.all(all.map(bytesOf));
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { bytes: sizes.reduce((sum, size) => sum + size, 0), nodes, listeners: jsEventListeners };
  };
}

async function bytesOf(ask: Ask): Promise<number> {
  const { usedSize, backingStorageSize } = (await ask('Runtime.getHeapUsage')) as HeapUsage;
  return usedSize + backingStorageSize + (await wasmBytes(ask));
}

interface Remote {
  readonly objectId: string;
}

/** Memories of WebAssembly, which no size of a heap counts. */
async function wasmBytes(ask: Ask): Promise<number> {
  const objectGroup = 'memories';
  const expression = 'WebAssembly.Memory.prototype';
  const { result } = (await ask('Runtime.evaluate', { expression, objectGroup })) as { readonly result: Remote };
  const { objects } = (await ask('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
    objectGroup,
  })) as { readonly objects: Remote };
  const sum = (await ask('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }',
    returnByValue: true,
  })) as { readonly result: { readonly value: number } };
  await ask('Runtime.releaseObjectGroup', { objectGroup });
  return sum.result.value;
}

/** The workers of a page by their sessions; one that has ended is gone. */
async function askWorkers(session: CDPSession): Promise<ReadonlyMap<string, Ask>> {
  const workers = new Map<string, Ask>();
  const waiting = new Map<number, (answer: unknown) => void>();
  let last = 0;
  const ask =
    (sessionId: string): Ask =>
    (method, params = {}) =>
      new Promise((resume, fail) => {
        const id = ++last;
        waiting.set(id, resume);
        const message = JSON.stringify({ id, method, params });
        session.send('Target.sendMessageToTarget', { sessionId, message }).catch(fail);
      });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.set(sessionId, ask(sessionId));
  });
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { readonly id?: number; readonly result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
    if (id !== undefined) waiting.delete(id);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return workers;
}

/** Milliseconds for which a page works, so that its process is known among others. */
const workMs = 300;

/** Bytes of the one page's process that are its alone. */
export async function residentOf(browser: Browser, page: Page): Promise<() => number> {
  const session = await browser.newBrowserCDPSession();
  const times = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await times();
  await page.evaluate((ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }, workMs);
  const worked = [...(await times())].map(([id, time]) => ({ id, took: time - (before.get(id) ?? 0) }));
  await session.detach();
  const { id } = worked.reduce((most, one) => (one.took > most.took ? one : most));
  return () => 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
}
