import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { csvOf, seriesTable } from '../exports/csv.js';
import { save } from '../exports/save.js';
import type { Lab } from '../state/lab.js';
import { writeLink } from '../state/link.js';
import type { RunView } from '../state/run-view.js';
import { linkNotice, stateOf } from './link-sync.js';
import { shownOf } from './shown-now.js';

/** Ways to take a run along: link, spec, weights, numbers, pictures. */
export function Share({ lab }: { lab: Lab }) {
  const said = useSignal('');
  const details = useMenu();
  const view = lab.active.value;
  if (!view) return null;
  const ready = view.facts.value !== undefined;
  const act = async ([label, action]: Action): Promise<void> => {
    try {
      said.value = '';
      said.value = await action();
    } catch (error) {
      const { message } = error as Error;
      said.value = `${label}: ${error instanceof DOMException ? `the browser did not allow it (${message})` : message}`;
    }
  };
  return (
    <details class="share" ref={details}>
      <summary class="button">Share</summary>
      <div class="menu">
        {actionsOf(lab, view).map((one) => (
          <button key={one[0]} type="button" disabled={!ready} onClick={() => void act(one)}>
            {one[0]}
          </button>
        ))}
        <p role="status">{said.value}</p>
      </div>
    </details>
  );
}

/** A label and what it does; that returns what is said of it. */
type Action = readonly [string, () => string | Promise<string>];

function actionsOf(lab: Lab, view: RunView): readonly Action[] {
  const { name, proof } = shownOf(view);
  const saved = (ending: string, type: string, content: Parameters<typeof save>[2]): string => {
    save(`${name}.${ending}`, type, content);
    return `${name}.${ending} saved`;
  };
  const copied = async (text: string, what: string): Promise<string> => {
    await navigator.clipboard.writeText(text);
    return `${what} copied`;
  };
  return [
    ['Copy link', async () => copied(await linkTo(lab), 'link')],
    ['Copy trial JSON', () => copied(proof.spec, 'trial')],
    ['Save trial JSON', () => saved('json', 'application/json', proof.spec)],
    [
      'Save weights (safetensors)',
      async () => saved('safetensors', 'application/octet-stream', (await lab.ask(view, 'weights')).bytes),
    ],
    ['Save numbers (CSV)', () => saved('csv', 'text/csv', csvOf(seriesTable(view.lines), proof))],
  ];
}

async function linkTo(lab: Lab): Promise<string> {
  const link = await writeLink(stateOf(lab));
  return `${location.href.split('#')[0]}#/play${link ? `/${link}` : ''}`;
}

/** A menu that Escape, or a press elsewhere, closes again. */
function useMenu() {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const menu = details.current;
      if (!menu?.open) return;
      const escaped = event instanceof KeyboardEvent && event.key === 'Escape';
      const elsewhere = event.type === 'pointerdown' && !menu.contains(event.target as Node);
      if (escaped || elsewhere) menu.open = false;
      if (escaped) menu.querySelector('summary')?.focus();
    };
    addEventListener('keydown', close);
    addEventListener('pointerdown', close);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('pointerdown', close);
    };
  }, []);
  return details;
}

/** Says what is wrong with the link by which the lab was opened. */
export function LinkNotice() {
  const text = linkNotice.value;
  if (text === undefined) return null;
  return (
    <div class="notice bad" role="alert">
      <strong>This link could not be opened:</strong> {text}{' '}
      <button
        type="button"
        onClick={() => {
          linkNotice.value = undefined;
        }}
      >
        Close
      </button>
    </div>
  );
}
