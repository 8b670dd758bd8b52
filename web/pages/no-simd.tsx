/** The least module that needs vector instructions: a function whose body is `i32.const 0, i8x16.splat, drop`. */
const simdModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
);

/** Whether this browser's WebAssembly has vector instructions. */
export const hasSimd: boolean = typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);

/** What is said to a browser in which the lab cannot train. */
export function NoSimd() {
  return (
    <main class="page verify" id="main">
      <h1>This browser is too old to train here</h1>
      <p>
        Descent computes with the vector instructions of WebAssembly, which this browser does not have, or which are
        switched off in it. These have them: Chrome and Edge from 91, Firefox from 89, Safari from 16.4.
      </p>
      {import.meta.env.VITE_HAS_REPORT && (
        <p>
          The report needs none of them: <a href="./report.html">read what was found, and what each verdict rests on</a>
          .
        </p>
      )}
    </main>
  );
}
