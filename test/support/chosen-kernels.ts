/** Lets tests run on the kernels that DESCENT_KERNELS names. */
import { chooseKernels, kernelChoices } from '../../src/platform/node/native/choose-kernels.js';

chooseKernels(kernelChoices.find((choice) => choice === process.env['DESCENT_KERNELS']));
