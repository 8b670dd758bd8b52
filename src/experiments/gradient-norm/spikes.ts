import type { Crossing, Reading, SpikeRule } from '../../study/reading.js';
import { edgeOfStability } from './arms.js';

/** What counts as a spike of the gradient norm, and as near the edge of stability. */

/** The norm above three times its running median. */
export const spike: SpikeRule = { metric: 'gradNorm', above: 3, window: 101 };

/** Spikes are counted after this epoch. */
export const lateAfter = 800;

/** A crossing of the edge by Adam's curvature. */
export const edge: Crossing = { metric: 'preconditionedLambdaMax', level: edgeOfStability.level, within: 20 };

/** How many spikes there are. */
export const spikes: Reading = { kind: 'spikes', ...spike, from: lateAfter + 1 };

/** Where tall spikes begin, in running medians: a round number well above the one that makes a spike. */
export const tallAbove = 10;

/** How many of them are as tall as that. */
export const tallSpikes: Reading = { kind: 'spikes', ...spike, above: tallAbove, from: lateAfter + 1 };

/** The share of them that come near a crossing. */
export const spikesNear: Reading = { kind: 'spikesNear', ...spike, from: lateAfter + 1, near: edge };

/** What that share would be if they came at random. */
export const epochsNear: Reading = { kind: 'epochsNear', from: lateAfter + 1, near: edge };

/** Circular shifts of the crossings by which chance is estimated. */
export const shifts = 200;

/** The share of spikes that follow a rise across the edge within so many steps, less chance. */
export const follow: Reading = { kind: 'spikesFollow', ...spike, from: lateAfter + 1, after: edge, shifts };
