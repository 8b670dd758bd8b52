import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Play } from './play/play.js';
import { themeRevision } from './plots/view.js';
import { createLab, type Lab } from './state/lab.js';

/** The lab of Play, kept while other pages are shown; in the console `descent.lab`. */
const lab = createLab();
Object.assign(globalThis, { descent: { lab } });

declare global {
  /** For the console: what the page shows, to be moved by hand. */
  var descent: { readonly lab: Lab };
}

/** All pages. */
export function App() {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href="#/play">
          <img src={new URL('./icon.svg', import.meta.url).href} width="26" height="26" alt="" /> Descent
        </a>
        <div class="tools">
          <ThemeChoice />
        </div>
      </header>
      <Play lab={lab} />
    </>
  );
}

const themes = { system: 'as the system', light: 'light', dark: 'dark' } as const;
type Theme = keyof typeof themes;

function ThemeChoice() {
  const theme = useSignal<Theme>((localStorage.getItem('theme') as Theme) ?? 'system');
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
      <select value={theme.value} onChange={({ currentTarget }) => (theme.value = currentTarget.value as Theme)}>
        {Object.entries(themes).map(([word, text]) => (
          <option key={word} value={word}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
