import { UserError } from '../../../base/errors.js';

/** Packages that only a fleet needs: optional, as most people never have one. */
const versions = { bullmq: '6', ioredis: '6', aws4fetch: '1' } as const;

/**
 * Imports a package that only a fleet needs.
 * @throws UserError that says how to install it, if it is not there
 */
export async function loadPeer<T>(name: keyof typeof versions, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const packages = name === 'aws4fetch' ? [name] : (['bullmq', 'ioredis'] as const);
    const wanted = packages.map((each) => `${each}@${versions[each]}`).join(' ');
    throw new UserError(`fleet: expected the package ${name}, got none; install it: npm install ${wanted}`);
  }
}
