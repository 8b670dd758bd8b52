import { expect, test } from 'vitest';
import { nameOf } from '../../../fleet/hand.js';
import { bytesOf, type Manifest, parseManifest } from '../../../fleet/job.js';
import { areItsHands, areSigned, createSigner, type Signer, signMoment } from './signatures.js';

const [honest, forger] = [createSigner('honest'), createSigner('honest')];
const hash = '0'.repeat(64);
const momentOf = (signer: Signer, job: string, step: number) =>
  signMoment(signer, job, { step, files: { 'spec.json': hash }, by: signer.hand });

/** A manifest as it arrives. */
function arrived(signer: Signer, changed: Partial<Manifest> = {}): Manifest {
  const manifest = signer.sign({
    ...{
      format: 1 as const,
      job: 'job',
      task: hash,
      hash,
      needs: {},
      hands: [signer.hand],
      host: 'h',
      durationMs: 0.1,
    },
    ...changed,
  });
  return parseManifest(bytesOf(manifest));
}

test('agents of one name have hands of their own, which show the name', () => {
  expect(honest.hand).not.toBe(forger.hand);
  expect([honest, forger].map(({ hand }) => nameOf(hand))).toEqual(['honest', 'honest']);
});

test('a manifest names those who signed it and the moments on its way', () => {
  expect(areItsHands(arrived(honest))).toBe(true);
  const kept = [momentOf(honest, 'job', 1), momentOf(forger, 'job', 2), momentOf(honest, 'job', 3)];
  expect(areItsHands(arrived(forger, { hands: [honest.hand, forger.hand], kept }))).toBe(true);
  expect(areItsHands(arrived(honest, { hands: [forger.hand, honest.hand], kept }))).toBe(true);
});

test('nobody else can be named', () => {
  expect(areItsHands(arrived(forger, { hands: [honest.hand] }))).toBe(false);
  expect(areItsHands(arrived(forger, { hands: [honest.hand, forger.hand] }))).toBe(false);
  expect(areItsHands(arrived(forger, { hands: ['honest'] }))).toBe(false);
  const kept = [momentOf(honest, 'job', 1)];
  // Who had a part in it is not left out.
  expect(areItsHands(arrived(forger, { kept }))).toBe(false);
  const hands = [honest.hand, forger.hand];
  expect(areItsHands(arrived(forger, { hands, kept: [{ ...kept[0]!, step: 2 }] }))).toBe(false);
  expect(areItsHands(arrived(forger, { hands, kept: [momentOf(honest, 'another job', 1)] }))).toBe(false);
  expect(areSigned('job', [{ ...momentOf(forger, 'job', 1), by: honest.hand }])).toBe(false);
});

test('nothing can be changed that is signed', () => {
  const manifest = arrived(honest);
  expect(areItsHands({ ...manifest, hash: '1'.repeat(64) })).toBe(false);
  expect(areItsHands({ ...manifest, job: 'another job' })).toBe(false);
  const { key, signature } = manifest.signed;
  expect(areItsHands({ ...manifest, signed: { key: 'f'.repeat(64), signature } })).toBe(false);
  expect(areItsHands({ ...manifest, signed: { key, signature: '0'.repeat(128) } })).toBe(false);
});
