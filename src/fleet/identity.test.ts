import { expect, test } from 'vitest';
import { fleetIdentity } from './identity.js';

test('an identity names a version in 16 hex digits, the same each time', () => {
  expect(fleetIdentity()).toMatch(/^[0-9a-f]{16}$/);
  expect(fleetIdentity()).toBe(fleetIdentity());
});
