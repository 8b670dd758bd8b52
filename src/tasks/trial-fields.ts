import {
  byDefault,
  count,
  either,
  type Fields,
  fraction,
  kindOf,
  list,
  nested,
  optional,
  positive,
  real,
  seed,
  taskId,
  tuple,
  whole,
  word,
  words,
} from '../base/fields.js';
import { dataSources } from '../data/sources/index.js';
import { losses } from '../engine/losses/index.js';
import { modelKinds } from '../engine/model-spec.js';
import { optimizers } from '../engine/optimizers/index.js';
import { editField } from '../engine/training/edits.js';
import { observeFields } from '../engine/training/observations/index.js';

/** Draws that are passed over, at most: more than all parameters of any network that fits into memory. */
const mostSkipped = 1_000_000_000;
const skip = whole('32-bit draws that are passed over, those of networks that were built before', 0, mostSkipped);

/**
 * Where parameters start. The stream of random numbers goes on after the drawn ones, so that batches keep their order.
 */
export const initKinds = [
  /** PyTorch's default initial values from `torch.manual_seed(seed)`. */
  { kind: 'pytorch', fields: { skip } },
  /** A rounding twin: the same, each moved by -1, 0 or +1 unit in the last place, drawn from the stream `twin`. */
  { kind: 'nudged', fields: { skip, twin: count('seed of the moves') } },
  /** (1 - alpha) a + alpha b, in float64, rounded once, of two finished trials [a, b] of the same network. */
  {
    kind: 'interpolated',
    fields: {
      from: tuple('the trials', [taskId('the first'), taskId('the second')], 'the ids of two trials'),
      alpha: real('the place between them'),
    },
  },
] as const;

/** Edits of a trial, at most. */
const mostEdits = 1000;

/** What a trial's JSON may hold, field by field; relations between fields are in trial-checks.ts. */
export const trialFields = {
  data: kindOf('which samples', () => dataSources),
  model: kindOf('which network', () => modelKinds),
  loss: word('what is made small', words(losses)),
  optimizer: kindOf('how parameters move', () => optimizers),
  batchSize: either(
    'samples a step',
    [count('so many'), word('all of them', ['full'])],
    'a whole number of at least 1, or "full"',
  ),
  stop: nested('when training ends', {
    epochs: count('after so many epochs'),
    converged: optional(
      nested('or earlier, by the rule for having converged', {
        below: positive('the loss is below this'),
        change: positive('and changes by less than this'),
      }),
    ),
    evaluated: optional(
      nested('or earlier, by an evaluation of the whole training set after each epoch', {
        lossBelow: optional(positive('its loss is below this')),
        accuracy: optional(fraction('its accuracy is at least this')),
      }),
    ),
  }),
  seed: seed('of initial parameters, batches and dropout'),
  init: byDefault(
    kindOf('where parameters start', () => initKinds),
    { kind: 'pytorch', skip: 0 },
  ),
  observe: byDefault(nested('what is recorded while training', observeFields), {}),
  edits: byDefault(list('changes while it trains', editField, 'edits', { least: 0, most: mostEdits }), []),
  kind: byDefault(word('what it is', ['trial']), 'trial'),
} satisfies Fields;
