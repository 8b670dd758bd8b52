import { computed, signal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Front } from './pages/front.js';
import { hasSimd, NoSimd } from './pages/no-simd.js';
import { Verify } from './pages/verify.js';
import { openAddress } from './play/link-sync.js';
import { Play } from './play/play.js';
import { themeRevision } from './plots/view.js';
import { createLab, type Lab } from './state/lab.js';

/** Addresses of the pages; what comes behind is the page's own. */
const pages = { '#/play': 'Play', '#/verify': 'Verify', '#/': 'Descent' } as const;
type Address = keyof typeof pages;

const hash = signal(location.hash);
const page = computed<Address>(
  () => (Object.keys(pages) as Address[]).find((address) => hash.value.startsWith(address)) ?? '#/',
);

/** The lab of Play, kept while other pages are shown; in the console `descent.lab`. */
let lab: Lab | undefined;
function playLab(): Lab {
  if (!lab) {
    lab = createLab();
    Object.assign(globalThis, { descent: { lab } });
    void openAddress(lab);
  }
  return lab;
}

declare global {
  /** For the console: what Play shows, to be moved by hand. */
  var descent: { readonly lab: Lab };
}

addEventListener('hashchange', () => {
  hash.value = location.hash;
  // A link that was pasted or clicked; the lab's own are written without this event.
  if (lab && location.hash.startsWith('#/play/')) void openAddress(lab);
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
  if (page.value === '#/play') return <Play lab={playLab()} />;
  if (page.value === '#/verify') return <Verify />;
  return <Front />;
}

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

const themes = { system: 'as the system', light: 'light', dark: 'dark' } as const;
type Theme = keyof typeof themes;
const isTheme = (text: string | null): text is Theme => text !== null && text in themes;

function ThemeChoice() {
  const stored = localStorage.getItem('theme');
  const theme = useSignal<Theme>(isTheme(stored) ? stored : 'system');
  useSignalEffect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    localStorage.setItem('theme', theme.value);
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
