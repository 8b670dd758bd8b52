import type { Server } from 'node:http';
import { UserError } from '../../../base/errors.js';
import { codeOf } from '../files.js';

/** Where a server listens, and what it is called where it cannot. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
  readonly what: string;
}

/** Has a server listen; returns what closes it. @throws UserError if nobody can listen there */
export async function listen(server: Server, { host, port, what }: ListenAt): Promise<() => Promise<void>> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new UserError(`${what}: expected an address of this machine with a free port, got ${codeOf(error)}`));
    });
    server.listen(port, host, resolve);
  });
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}
