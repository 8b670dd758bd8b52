import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { UserError } from '../../base/errors.js';
import { assembleMnist, type Mnist, type MnistFileKey, mnistFiles } from '../../data/index.js';

/**
 * MNIST from the four unpacked files under a web address, each checked against its official MD5.
 * @throws UserError if a file does not come or is not the official one
 */
export async function fetchMnist(baseUrl: string): Promise<Mnist> {
  const keys = Object.keys(mnistFiles) as MnistFileKey[];
  const files = await Promise.all(keys.map(async (key) => [key, await fetchFile(baseUrl, key)] as const));
  return assembleMnist(Object.fromEntries(files) as Record<MnistFileKey, Uint8Array>);
}

async function fetchFile(baseUrl: string, key: MnistFileKey): Promise<Uint8Array> {
  const { name, md5: expected } = mnistFiles[key];
  const url = new URL(name, baseUrl).href;
  const response = await fetch(url);
  if (!response.ok) throw new UserError(`${url}: expected the MNIST file ${name}, got status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const got = bytesToHex(md5(bytes));
  if (got !== expected) {
    throw new UserError(
      `${url}: expected MD5 ${expected}, got ${got} (${bytes.length} bytes); serve the official file`,
    );
  }
  return bytes;
}
