import { byKind, type KindSpec } from '../../base/fields.js';
import { leakyRelu } from './activations/leaky-relu.js';
import { relu } from './activations/relu.js';
import { tanh } from './activations/tanh.js';
import { conv2d } from './conv2d/kind.js';
import { dropout } from './dropout/kind.js';
import { flatten } from './flatten/kind.js';
import { linear } from './linear/kind.js';
import { maxPool2d } from './max-pool2d/kind.js';

/** The activations: layers that a multilayer perceptron may have between its linear ones. */
export const activations = [relu, leakyRelu, tanh] as const;

/** All kinds of layers, in the order in which messages name them. */
export const layers = [linear, conv2d, maxPool2d, ...activations, dropout, flatten] as const;

/** The same by their words. */
export const layersByKind = byKind(layers);

/** One layer of a network, as data. */
export type LayerSpec = KindSpec<(typeof layers)[number]>;

/** The word of an activation. */
export type ActivationName = (typeof activations)[number]['kind'];
