/** What the sections of a study say in the same way: readings, tests of claims, quantities, figures, presets, bugs. */
export * from './axes.js';
export * from './bugs.js';
export * from './claims.js';
export * from './figures.js';
export * from './presets.js';
export * from './quantities.js';
export * from './readings.js';
export * from './trials.js';
export * from './words.js';
