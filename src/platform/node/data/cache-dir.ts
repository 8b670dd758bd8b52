import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The directory in which one kind of files is kept between runs; it need not exist.
 *
 *     $DESCENT_CACHE/<name>, else
 *     $XDG_CACHE_HOME/descent/<name> (if absolute, as the XDG specification asks), else
 *     ~/.cache/descent/<name>
 */
export function cacheDir(name: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const { DESCENT_CACHE: own, XDG_CACHE_HOME: xdg } = env;
  if (own) return join(own, name);
  const caches = xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
  return join(caches, 'descent', name);
}
