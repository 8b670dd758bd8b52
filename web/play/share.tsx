import { useSignal } from '@preact/signals';
import { csvOf } from '../exports/csv.js';
import { chartPng, chartSvg } from '../exports/picture.js';
import { save } from '../exports/save.js';
import { editsOf, withEdits } from '../state/edits.js';
import type { Lab } from '../state/lab.js';
import { writeLink } from '../state/link.js';
import { linkNotice, stateOf } from './link-sync.js';

/** Ways to take a run along: link, spec, weights, numbers, pictures. */
export function Share({ lab }: { lab: Lab }) {
  const said = useSignal('');
  const view = lab.active.value;
  if (!view) return null;
  const json = (): string => JSON.stringify(withEdits(view.spec, editsOf(view.spec)), null, 2);
  const copy = async (text: string, what: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = `${what} copied`;
    } catch {
      said.value = 'the browser did not allow it; save the file instead';
    }
  };
  const name = `descent-${view.label}-step${view.place.value.step}`;
  const proof = { spec: json(), hash: view.outcome.value?.hash ?? '', step: view.place.value.step };
  const actions: readonly (readonly [string, () => void | Promise<void>])[] = [
    [
      'Copy link',
      async () => {
        const link = await writeLink(stateOf(lab));
        await copy(`${location.href.split('#')[0]}#/play${link ? `/${link}` : ''}`, 'link');
      },
    ],
    ['Copy trial JSON', () => copy(json(), 'trial')],
    ['Save trial JSON', () => save(`${name}.json`, 'application/json', json())],
    [
      'Save weights (safetensors)',
      async () => save(`${name}.safetensors`, 'application/octet-stream', (await lab.ask(view, 'weights')).bytes),
    ],
    ['Save numbers (CSV)', () => save(`${name}.csv`, 'text/csv', csvOf(view.lines))],
    ['Save the loss (SVG)', () => save(`${name}.svg`, 'image/svg+xml', chartSvg(view, 'loss', proof))],
    ['Save the loss (PNG)', async () => save(`${name}.png`, 'image/png', await chartPng(view, 'loss', proof))],
  ];
  return (
    <details class="share">
      <summary class="button">Share</summary>
      <div class="menu">
        {actions.map(([label, act]) => (
          <button key={label} type="button" onClick={() => void act()}>
            {label}
          </button>
        ))}
        <p role="status">{said.value}</p>
      </div>
    </details>
  );
}

/** Says what is wrong with the link by which the lab was opened. */
export function LinkNotice() {
  const text = linkNotice.value;
  if (text === undefined) return null;
  return (
    <div class="notice bad" role="alert">
      <strong>This link could not be opened:</strong> {text}{' '}
      <button type="button" onClick={() => (linkNotice.value = undefined)}>
        Close
      </button>
    </div>
  );
}
