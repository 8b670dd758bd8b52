/** The language of studies, and a vocabulary to write them in. */
export * from './language.js';
export * from './vocabulary/index.js';
