import { useSignal } from '@preact/signals';
import { useContext } from 'preact/hooks';
import { drawingOf } from './as-seen.js';
import { csvOf, type Table } from './csv.js';
import { pngOf, svgOf } from './drawing.js';
import { type Shown, ShownNow } from './proof.js';
import { save } from './save.js';

interface Props {
  readonly title: string;
  /** What the panel shows, as numbers. */
  readonly table: () => Table;
}

/** The panel in which it lies, as it is seen, or its numbers; in each file the spec and hash of what it shows. */
export function SaveMenu({ title, table }: Props) {
  const shown = useContext(ShownNow);
  const said = useSignal('');
  if (!shown) return null;
  const act = async (ending: Ending, button: Element): Promise<void> => {
    const what: Panel = { ...shown(), title, table, box: button.closest<HTMLElement>('figure, .panel-box')! };
    const name = `${what.name}-${fileName(title)}.${ending}`;
    try {
      save(name, types[ending], await contents[ending](what));
      said.value = `${name} saved`;
    } catch (error) {
      said.value = `${name}: the browser did not allow it (${(error as Error).message})`;
    }
  };
  return (
    <details class="save" data-unsaved>
      <summary aria-label={`Save ${title}`}>save</summary>
      <div class="row">
        {endings.map((ending) => (
          <button
            key={ending}
            type="button"
            aria-label={`${title} as ${ending.toUpperCase()}`}
            onClick={({ currentTarget }) => void act(ending, currentTarget)}
          >
            {ending.toUpperCase()}
          </button>
        ))}
        <span role="status">{said.value}</span>
      </div>
    </details>
  );
}

type Panel = Shown & Props & { readonly box: HTMLElement };

const types = { svg: 'image/svg+xml', png: 'image/png', csv: 'text/csv' } as const;
type Ending = keyof typeof types;
const endings = Object.keys(types) as Ending[];

const contents: Readonly<Record<Ending, (of: Panel) => string | Promise<Uint8Array<ArrayBuffer>>>> = {
  svg: ({ title, box, proof }) => svgOf(title, drawingOf(box), proof),
  png: ({ title, box, proof }) => pngOf(title, drawingOf(box), proof),
  csv: ({ table, proof }) => csvOf(table(), proof),
};

const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
