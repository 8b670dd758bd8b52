/**
 * `smoke`: seconds, shows nothing; `quick`: a miniature that shows the effect; `report`: the original's own sizes and
 * its one seed; `study`: as many seeds as the claims want.
 */
export type PresetName = 'smoke' | 'quick' | 'report' | 'study';

/**
 * Whose word a protocol follows. `as-written`: the original's text; `as-coded`: the code that made its numbers, bug for
 * bug; `as-intended`: what the assignment and the primary papers mean.
 */
export type ProtocolId = 'as-written' | 'as-coded' | 'as-intended';

/** Presets from the smallest to the largest. */
export const presetNames: readonly PresetName[] = ['smoke', 'quick', 'report', 'study'];

/** In the order in which they are shown. */
export const protocolIds: readonly ProtocolId[] = ['as-written', 'as-coded', 'as-intended'];
