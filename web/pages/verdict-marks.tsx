import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** What the build keeps of the report's page.json. */
interface Verdicts {
  readonly protocols: readonly { readonly id: string; readonly word: string }[];
  readonly sections: readonly {
    readonly name: string;
    readonly title: string;
    readonly claims: readonly {
      readonly statement: string;
      readonly cells: Readonly<Record<string, Cell>>;
    }[];
  }[];
}

interface Cell {
  readonly outcome: string;
  readonly word: string;
  readonly words: string;
  readonly link: string;
}

/** A form besides the colour; outcomes without one of their own have a dot. */
const marks: Readonly<Record<string, string>> = {
  stands: '✓',
  falls: '✗',
  fallsShort: '≈',
  open: '?',
  notRun: '…',
  noTest: '–',
  notClaimed: '–',
};

/** Every claim of the report under every protocol, as a mark that leads to its evidence. */
export function VerdictMarks() {
  const verdicts = useSignal<Verdicts | null | undefined>(undefined);
  useEffect(() => {
    void load().then((found) => {
      verdicts.value = found;
    });
  }, []);
  const found = verdicts.value;
  return (
    <section class="verdicts" aria-labelledby="verdicts">
      <h2 id="verdicts">What stands and what falls</h2>
      {found === undefined && <p class="quiet">Reading the verdicts …</p>}
      {found === null && (
        <p class="empty">
          No report lies beside this page. <code>npm run reproduce</code> runs the experiments,{' '}
          <code>descent report</code> writes it, and the next <code>npm run build:web</code> shows its verdicts here.
        </p>
      )}
      {found && <Marks {...found} />}
    </section>
  );
}

async function load(): Promise<Verdicts | null> {
  try {
    const response = await fetch('./verdicts.json');
    return response.ok ? ((await response.json()) as Verdicts | null) : null;
  } catch {
    return null;
  }
}

function Marks({ protocols, sections }: Verdicts) {
  return (
    <>
      <p class="quiet">{countWords(sections)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="scroll wide" aria-label="Verdicts, claim by claim" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="section">
                Section
              </th>
              <th scope="col">Claim</th>
              {protocols.map(({ id, word }) => (
                <th key={id} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          {sections.map((section) => (
            <Claims key={section.name} {...section} protocols={protocols} />
          ))}
        </table>
      </section>
    </>
  );
}

/** How many of all verdicts are which, the most telling first. */
function countWords(sections: Verdicts['sections']): string {
  const cells = sections.flatMap(({ claims }) => claims.flatMap((claim) => Object.values(claim.cells)));
  const counts = ['stands', 'falls', 'fallsShort', 'open', 'notRun'].map((outcome) => {
    const found = cells.filter((cell) => cell.outcome === outcome);
    return found[0] ? `${marks[outcome]} ${found[0].word} ${found.length}` : '';
  });
  return counts.filter((text) => text !== '').join(' · ');
}

type ClaimsProps = Verdicts['sections'][number] & Pick<Verdicts, 'protocols'>;

function Claims({ name, title, claims, protocols }: ClaimsProps) {
  return (
    <tbody>
      <tr class="section-row">
        <th scope="rowgroup" colSpan={1 + protocols.length}>
          {name} {title}
        </th>
      </tr>
      {claims.map(({ statement, cells }, i) => (
        <tr key={statement}>
          {i === 0 && (
            <th scope="rowgroup" rowSpan={claims.length} class="section" title={title}>
              {name}
            </th>
          )}
          <th scope="row">{statement}</th>
          {protocols.map(({ id }) => (
            <td key={id}>{cells[id] && <Mark {...cells[id]} />}</td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Mark({ outcome, word, words, link }: Cell) {
  const isBlank = outcome === 'notClaimed' || outcome === 'noTest';
  const inside = (
    <>
      <span class="mark" aria-hidden="true">
        {marks[outcome] ?? '•'}
      </span>{' '}
      <span class={isBlank ? 'hidden' : 'word'}>{word}</span>
    </>
  );
  if (outcome === 'notClaimed' || !import.meta.env.VITE_HAS_REPORT) {
    return (
      <span class={`verdict ${outcome}`} title={isBlank ? word : words}>
        {inside}
      </span>
    );
  }
  return (
    <a class={`verdict ${outcome}`} href={`./report.html#${link}`} title={words}>
      {inside}
    </a>
  );
}
