/** Keeps the lab's own files, so that it opens without a network after the first visit. Both texts come at build. */
const version = '__VERSION__';
const files = '__FILES__'.split(' ');
const cacheName = `descent-${version}`;

/** What this file uses of a service worker's scope; the DOM's types have none. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listen: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listen: (event: FetchEvent) => void): void;
}
interface ExtendableEvent {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('install', (event) => {
  event.waitUntil(keepAll().then(() => scope.skipWaiting()));
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => scope.clients.claim()));
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope.registration.scope)) event.respondWith(answer(request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  const requests = ['./', ...files].map(
    (file) => new Request(new URL(file, scope.registration.scope), { cache: 'reload' }),
  );
  await cache.addAll(requests);
}

async function dropOld(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('descent-') && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The page itself from the network where there is one, so that a new version is seen; all else as it was kept. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName).catch(() => undefined);
  const kept = await cache?.match(request, { ignoreSearch: true }).catch(() => undefined);
  if (kept && request.mode !== 'navigate') return kept;
  try {
    const response = await fetch(request);
    // Where the browser keeps no more, or nothing, the answer is as good.
    if (response.ok && request.mode !== 'navigate') await cache?.put(request, response.clone()).catch(() => undefined);
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
