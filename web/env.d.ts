/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Result hash of the front page's run, where the page was built. */
  readonly VITE_FRONT_HASH: string;
  /** Whether the report lies beside the pages. */
  readonly VITE_HAS_REPORT: boolean;
}

declare module 'virtual:front-recording' {
  /** The front page's run, recorded where the page was built. */
  const recording: import('./state/recording.js').Recording;
  export default recording;
}
