/** The least module that needs vector instructions: a function whose body is `i32.const 0, i8x16.splat, drop`. */
const simdModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
);

/** Whether this browser's WebAssembly has vector instructions. */
export const hasSimd: boolean = typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);

/** What is said to a browser in which the lab cannot train. */
export function NoSimd() {
  return (
    <main class="page" id="main">
      <h1>This browser is too old to train here</h1>
      <p>
        Descent computes with the vector instructions of WebAssembly, which this browser has not. These have them:
        Chrome and Edge from 91, Firefox from 89, Safari from 16.4, Node from 16.4.
      </p>
    </main>
  );
}
