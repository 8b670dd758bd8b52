import { byKind, type KindSpec } from '../../base/fields.js';
import { leakyRelu } from './activations/leaky-relu.js';
import { relu } from './activations/relu.js';
import { softplus } from './activations/softplus.js';
import { square } from './activations/square.js';
import { tanh } from './activations/tanh.js';
import { avgPool2d } from './avg-pool2d/kind.js';
import { planAvgPool2d } from './avg-pool2d/planned.js';
import { avgPool2dReference } from './avg-pool2d/reference.js';
import { conv2d } from './conv2d/kind.js';
import { planConv2d } from './conv2d/planned.js';
import { conv2dReference } from './conv2d/reference.js';
import { defineLayer } from './define.js';
import { dropout } from './dropout/kind.js';
import { planDropout } from './dropout/planned.js';
import { dropoutReference } from './dropout/reference.js';
import { flatten } from './flatten/kind.js';
import { planFlatten } from './flatten/planned.js';
import { flattenReference } from './flatten/reference.js';
import { linear } from './linear/kind.js';
import { planLinear } from './linear/planned.js';
import { linearReference } from './linear/reference.js';
import { maxPool2d } from './max-pool2d/kind.js';
import { planMaxPool2d } from './max-pool2d/planned.js';
import { maxPool2dReference } from './max-pool2d/reference.js';

/** The activations: layers that a multilayer perceptron may have between its linear ones. */
export const activations = [relu, leakyRelu, tanh, softplus, square] as const;

/** All kinds of layers, in the order in which messages name them. */
export const layers = [
  defineLayer(linear, { plan: planLinear, reference: linearReference }),
  defineLayer(conv2d, { plan: planConv2d, reference: conv2dReference }),
  defineLayer(maxPool2d, { plan: planMaxPool2d, reference: maxPool2dReference }),
  defineLayer(avgPool2d, { plan: planAvgPool2d, reference: avgPool2dReference }),
  ...activations,
  defineLayer(dropout, { plan: planDropout, reference: () => dropoutReference }),
  defineLayer(flatten, { plan: planFlatten, reference: () => flattenReference }),
] as const;

/** The same by their words. */
export const layersByKind = byKind(layers);

/** One layer of a network, as data. */
export type LayerSpec = KindSpec<(typeof layers)[number]>;

/** The word of an activation. */
export type ActivationName = (typeof activations)[number]['kind'];
