import { createLab } from './state/lab.js';
import { Play } from './play/play.js';

const lab = createLab();

/** All pages. */
export function App() {
  return <Play lab={lab} />;
}
