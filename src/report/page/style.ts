import { claims } from './style/claims.js';
import { colours } from './style/colours.js';
import { frame } from './style/frame.js';
import { print } from './style/print.js';
import { sections } from './style/sections.js';

/** The page's style: a strip of sections above one column, light or dark as the reader's system is, and for paper. */
export const style = [colours, frame, claims, sections, print].join('');
