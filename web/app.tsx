import { computed, signal, useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Front } from './pages/front.js';
import { hasSimd, NoSimd } from './pages/no-simd.js';
import words from './pages/words.json' with { type: 'json' };
import { themeRevision } from './plots/view.js';
import { keep, readKept } from './state/kept.js';

/** Addresses of the pages; what comes behind is the page's own. */
const pages = { '#/play': 'Play', '#/verify': 'Verify', '#/': 'Descent' } as const;
type Address = keyof typeof pages;

const hash = signal(location.hash);
const page = computed<Address>(
  () => (Object.keys(pages) as Address[]).find((address) => hash.value.startsWith(address)) ?? '#/',
);

addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** All pages. */
export function App() {
  useSignalEffect(() => {
    document.title = page.value === '#/' ? 'Descent: see a network learn' : `${pages[page.value]} · Descent`;
  });
  return (
    <>
      <button type="button" class="skip" onClick={toContent}>
        Skip to the content
      </button>
      <header class="top">
        <a class="brand" href="#/" aria-current={page.value === '#/' ? 'page' : undefined}>
          <img src={new URL('./icon.svg', import.meta.url).href} width="26" height="26" alt="" /> Descent
        </a>
        <nav aria-label="Pages">
          <PageLink address="#/play" />
          <PageLink address="#/verify" />
        </nav>
        <div class="tools" id="tools">
          <ThemeChoice />
        </div>
      </header>
      <Shown />
    </>
  );
}

function Shown() {
  if (!hasSimd) return <NoSimd />;
  if (page.value === '#/') return <Front />;
  return <Later key={page.value} load={loadOf(page.value)} coming={comingOf(page.value)} />;
}

interface LaterProps {
  readonly load: () => Promise<ComponentType>;
  /** What stands in its place until then. */
  readonly coming: ComponentChildren;
}

/** A page whose code comes when it is first opened. */
function Later({ load, coming }: LaterProps) {
  const found = useSignal<{ readonly Page: ComponentType } | undefined>(undefined);
  const problem = useSignal('');
  useEffect(() => {
    load().then(
      (Page) => {
        found.value = { Page };
      },
      (error: Error) => {
        problem.value = error.message;
      },
    );
  }, [load, found, problem]);
  if (problem.value)
    return (
      <main class="page" id="main">
        This page could not be loaded: {problem.value}. Load it again.
      </main>
    );
  const Page = found.value?.Page;
  return Page ? <Page /> : coming;
}

const loadVerify = async (): Promise<ComponentType> => (await import('./pages/verify.js')).Verify;
const loadPlay = async (): Promise<ComponentType> => (await import('./play/play-page.js')).PlayPage;
const loadOf = (address: Address) => (address === '#/play' ? loadPlay : loadVerify);
const comingOf = (address: Address) => (address === '#/play' ? comingPlay : comingVerify);

/** The same as index.html shows before this script has come: `first-html.mjs`. */
const comingPlay = (
  <main class="page starting" id="main">
    <p>{words.play.text}</p>
  </main>
);
const comingVerify = (
  <main class="page verify" id="main">
    <h1>{words.verify.title}</h1>
    <p>{words.verify.text}</p>
  </main>
);

// Asked for before anything is drawn; what goes wrong is said where it is shown.
if (hasSimd && page.peek() !== '#/') loadOf(page.peek())().catch(() => undefined);

function PageLink({ address }: { address: Address }) {
  return (
    <a href={address} aria-current={page.value === address ? 'page' : undefined}>
      {pages[address]}
    </a>
  );
}

/** The address is the page's, so the focus is moved by hand. */
function toContent(): void {
  const main = document.getElementById('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}

const themes = { system: 'auto', light: 'light', dark: 'dark' } as const;
type Theme = keyof typeof themes;
const isTheme = (text: string | undefined): text is Theme => text !== undefined && text in themes;

function ThemeChoice() {
  const stored = readKept('theme');
  const theme = useSignal<Theme>(isTheme(stored) ? stored : 'system');
  useSignalEffect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    keep('theme', theme.value);
    themeRevision.value++;
  });
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const changed = (): void => {
      themeRevision.value++;
    };
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return (
    <label>
      <span class="hidden">Colours</span>
      <select
        value={theme.value}
        onChange={({ currentTarget: { value } }) => {
          if (isTheme(value)) theme.value = value;
        }}
      >
        {Object.entries(themes).map(([word, text]) => (
          <option key={word} value={word}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
