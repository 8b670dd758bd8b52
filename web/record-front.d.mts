import type { Recording } from './state/recording.js';

/** Trains the front page's run, and keeps what its first seconds show. */
export function recordFront(): Promise<Recording>;
