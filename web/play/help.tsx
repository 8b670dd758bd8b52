import { useEffect, useRef } from 'preact/hooks';
import { Toggle } from './fields.js';
import { keysOn, keyWords, shortcut, switchKeys } from './keys.js';

/** The keys, in a dialog, and a switch for them. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, select, textarea') !== null;
      if (event.key === '?' && keysOn.value && !typing) dialog.current?.showModal();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <button type="button" aria-keyshortcuts={shortcut('?')} onClick={() => dialog.current?.showModal()}>
        Keys
      </button>
      <dialog ref={dialog} class="help" aria-labelledby="keys">
        <h2 id="keys">Keys</h2>
        <KeyTable />
        <p>
          In a chart, once it has the focus: arrows move the cursor, Enter goes there, + and − zoom, Escape shows all
          steps.
        </p>
        <Toggle label="These keys work outside of controls" on={keysOn.value} onChange={switchKeys} />
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}

const KeyTable = () => (
  <table class={keysOn.value ? '' : 'off'}>
    <tbody>
      {keyWords.map(([key, words]) => (
        <tr key={key}>
          <th scope="row">
            <kbd>{key}</kbd>
          </th>
          <td>{words}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
