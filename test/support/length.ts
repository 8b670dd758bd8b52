import { it } from 'vitest';

/** Whether tests run in their long form: `npm run test:long`. */
export const isLong = process.env['DESCENT_TESTS'] === 'long';

/**
 * What a test takes in its short form, and in its long one: a number of random inputs, a list of cases, a size.
 * The long form covers all that the short one does.
 */
export const runs = <T>(short: T, long: T): T => (isLong ? long : short);

/** A test without a short form. */
export const longTest = it.skipIf(!isLong);
