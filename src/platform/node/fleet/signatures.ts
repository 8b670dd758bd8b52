import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../../base/canonical-json.js';
import { sha256Hex } from '../../../base/sha256.js';
import { digestOf, handOf } from '../../../fleet/hand.js';
import type { KeptMoment, Manifest, Signed } from '../../../fleet/job.js';

/** An agent that signs what it leaves, by a key that no other has and that is gone with its process (Ed25519). */
export interface Signer {
  /** Its name, and the digest of its key. */
  readonly hand: string;
  /** What is signed, with the signature. */
  sign<T extends object>(value: T): T & { readonly signed: Signed };
}

/** Digits of the digest of a key: nobody finds another key of the same. */
const digits = 24;
/** What stands before the 32 bytes of each public key of this kind (RFC 8410). */
const keyHead = '302a300506032b6570032100';

/** A signer with a new key. */
export function createSigner(name: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('hex').slice(keyHead.length);
  return {
    hand: handOf(name, digestOfKey(key)),
    sign(value) {
      const signature = sign(null, Buffer.from(canonicalJson(value)), privateKey).toString('hex');
      return { ...value, signed: { key, signature } };
    },
  };
}

const digestOfKey = (key: string): string => sha256Hex(Buffer.from(key, 'hex')).slice(0, digits);

/** Whether a hand has signed this. */
function isSignedBy(hand: string, { signed, ...value }: { readonly signed: Signed } & object): boolean {
  const { key, signature } = signed;
  if (digestOf(hand) !== digestOfKey(key)) return false;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(keyHead + key, 'hex'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(canonicalJson(value)), publicKey, Buffer.from(signature, 'hex'));
  } catch {
    // Not every 32 bytes are a key.
    return false;
  }
}

/** Has a moment of a job bear the signature of its hand. */
export const signMoment = (signer: Signer, job: string, moment: Omit<KeptMoment, 'signed'>): KeptMoment => ({
  ...moment,
  signed: signer.sign({ job, ...moment }).signed,
});

/** Whether each of these moments of a job is signed by its hand. */
export const areSigned = (job: string, kept: readonly KeptMoment[]): boolean =>
  kept.every((moment) => isSignedBy(moment.by, Object.assign({ job }, moment)));

/** Who has a part in a result: whoever kept a moment on its way, the last in the end. */
export const handsOf = (kept: readonly KeptMoment[], last: string): string[] => [
  ...new Set(kept.map(({ by }) => by).filter((by) => by !== last)),
  last,
];

/** Whether those whom a manifest names had a part in it, as their signatures say: nobody else can be named. */
export function areItsHands(manifest: Manifest): boolean {
  const { hands, kept = [], job } = manifest;
  const last = hands.at(-1)!;
  return (
    canonicalJson(hands) === canonicalJson(handsOf(kept, last)) && isSignedBy(last, manifest) && areSigned(job, kept)
  );
}
