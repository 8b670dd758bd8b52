import type { CellOutcome } from '../model/page-model.js';
import { type Html, html, trusted } from './html.js';

/** Told apart by shape, whatever the colours: a tick in a disc, a cross in a square, a question mark in a ring ... */
const drawings: Readonly<Record<CellOutcome, string>> = {
  stands: '<circle class="f" cx="8" cy="8" r="8"/><path class="w" d="M4.2 8.4 7 11 11.8 5.4"/>',
  falls:
    '<rect class="f" x=".5" y=".5" width="15" height="15" rx="2.5"/>' +
    '<path class="w" d="M4.8 4.8 11.2 11.2M11.2 4.8 4.8 11.2"/>',
  fallsShort: '<path class="f" d="M8 15.6.4 3.6Q0 1 2 1H14Q16 1 15.6 3.6Z"/><path class="w" d="M5 5.4H11"/>',
  open:
    '<circle class="s" cx="8" cy="8" r="7"/>' +
    '<path class="s" d="M5.8 6.3C5.8 3.4 10.3 3.5 10.2 6.3 10.1 7.9 8 8 8 9.6M8 11.7V12.2"/>',
  noTest: '<circle class="s" cx="8" cy="8" r="7"/><path class="s" d="M3.2 12.8 12.8 3.2"/>',
  notRun: '<circle class="s" cx="8" cy="8" r="7" stroke-dasharray="2.2 2.2"/>',
  withdrawn: '<rect class="s" x="1" y="1" width="14" height="14" rx="2.5"/><path class="s" d="M4.5 8H11.5"/>',
  notClaimed: '<path class="s" d="M5 8H11"/>',
};

/** The mark of an outcome; `name` is for those who cannot see it, without one it stands beside its own word. */
export function markHtml(outcome: CellOutcome, name?: string): Html {
  const label = name === undefined ? trusted(' aria-hidden="true"') : html` role="img" aria-label="${name}"`;
  return html`<svg class="mark ${outcome}" viewBox="0 0 16 16"${label}>${trusted(drawings[outcome])}</svg>`;
}
