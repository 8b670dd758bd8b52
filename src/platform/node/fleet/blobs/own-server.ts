import { UserError } from '../../../../base/errors.js';
import { fileNamedBy } from '../named-files.js';

/** The environment's name for the file with the token of a coordinator's own server. */
const tokenFile = 'DESCENT_FLEET_TOKEN_FILE';
const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a place of results is a coordinator's own server. */
export const isOwnServer = (place: string): boolean => /^https?:/.test(place);

/** A coordinator's own server, as its URL and the environment say. */
export interface OwnServer {
  /** Ends without a slash. */
  readonly url: URL;
  readonly base: string;
  /** What each request must bring. */
  readonly token: string;
}

/**
 * Reads `https://host:port`, or http:// on loopback alone, and the token, which never stands in the URL.
 * @throws UserError if it is none, or there is no token
 */
export function parseOwnServer(text: string): OwnServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '') {
    throw new UserError(
      'blobs: expected https://host:port, with a port up to 65535 and no password or query, got another URL',
    );
  }
  if (url.protocol === 'http:' && !loopback.includes(url.hostname)) {
    throw new UserError(`blobs: expected https://${url.host}, got http: anybody on the way could read the token`);
  }
  const token = fileNamedBy(tokenFile)?.trim();
  if (!token) {
    throw new UserError(`blobs ${text}: expected ${tokenFile} to name a file with the server's token, got none`);
  }
  return { url, base: url.href.replace(/\/$/, ''), token };
}
