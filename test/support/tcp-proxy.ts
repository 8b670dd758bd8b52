import { connect as connectTo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A proxy between an agent and a server, which a test can make slow, cut or close. */
export interface TcpProxy {
  readonly port: number;
  /** So long all bytes are on their way. */
  delayMs: number;
  /** Cuts all connections; new ones can be made. */
  cut(): void;
  /** While true new connections are closed at once. */
  isRefusing: boolean;
  /** Each new connection is cut after so many bytes of the client, in the middle of what it sends. */
  cutAfter: number;
  /** While true nothing passes, and nobody is told. */
  isPartitioned: boolean;
}

/** Starts a proxy on loopback in front of a port; it ends with the test. */
export async function startProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const state = { delayMs: 0, isPartitioned: false, isRefusing: false, cutAfter: Number.POSITIVE_INFINITY };
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    from.on('data', (bytes) => {
      if (state.isPartitioned) return;
      if (state.delayMs === 0) to.write(bytes);
      else setTimeout(() => to.writable && to.write(bytes), state.delayMs);
    });
  };
  const server = createServer((client) => {
    if (state.isRefusing) return void client.on('error', () => {}).destroy();
    let left = state.cutAfter;
    client.on('data', (bytes) => {
      left -= bytes.length;
      if (left < 0) client.destroy();
    });
    const upstream = connectTo(target, '127.0.0.1');
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  return Object.assign(state, { port: typeof address === 'object' && address ? address.port : 0, cut });
}
