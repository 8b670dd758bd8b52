import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectRedis, parseFleetUrl } from './connect.js';

/** The port of a server that does so with whoever speaks to it. */
async function startServer(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

test('one who takes a Redis with TLS for one without, or the other way round, reads which URL to try', async () => {
  const closing = await startServer((socket) => socket.resetAndDestroy());
  await expect(connectRedis(parseFleetUrl(`redis://127.0.0.1:${closing}`))).rejects.toThrow(
    'the URL of a Redis with TLS begins with rediss://',
  );
  const plain = await startServer((socket) => socket.end('-ERR Protocol error\r\n'));
  await expect(connectRedis(parseFleetUrl(`rediss://127.0.0.1:${plain}`))).rejects.toThrow(
    'the URL of a Redis without TLS begins with redis://',
  );
});
