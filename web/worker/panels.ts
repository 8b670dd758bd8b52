import { histograms } from './histograms.js';
import { type LiveRun, stepOf } from './live-run.js';
import { createLines, type LinesPanels } from './panel-lines.js';
import type { PanelData, PanelRequest, RunKey } from './protocol.js';
import { exactSpectrum } from './spectrum.js';
import { planeOf } from './trajectory-plane.js';

/** What open panels measure of a run, by a network of their own, so that looking moves nothing of it. */
export interface Panels extends Pick<LinesPanels, 'nextStep' | 'take'> {
  /** What takes longer, while the run stands still. Returns whether something is new. */
  rest(wanted: PanelRequest): boolean;
  /** What is new since the last call. */
  data(wanted: PanelRequest): PanelData;
}

/** Who wants the panels of a run. */
export interface PanelsHost {
  /** Called when something that took longer is there. */
  readonly onNews: () => void;
  readonly find: (key: RunKey) => LiveRun | undefined;
}

/** The panels of a run. */
export function createPanels(run: LiveRun, { onNews, find }: PanelsHost): Panels {
  const lines = createLines(run, onNews);
  let slow: Pick<PanelData, 'spectrum' | 'trajectory'> = {};
  const seen = { spectrum: -1, trajectory: '' };

  function lookAtSpectrum(): void {
    const step = stepOf(run);
    if (seen.spectrum === step) return;
    seen.spectrum = step;
    void exactSpectrum(run, step).then((spectrum) => {
      slow = { ...slow, spectrum };
      onNews();
    });
  }
  function lookAtPath(key: RunKey | undefined): boolean {
    const beside = key === undefined ? undefined : find(key);
    const frames = `${framesOf(run)} ${key} ${beside && framesOf(beside)}`;
    if (seen.trajectory === frames) return false;
    seen.trajectory = frames;
    slow = { ...slow, trajectory: planeOf(run, beside) };
    return true;
  }
  return {
    nextStep: lines.nextStep,
    take: lines.take,
    rest({ open, beside }) {
      if (open.includes('spectrum')) lookAtSpectrum();
      return open.includes('trajectory') && lookAtPath(beside);
    },
    data: ({ open }) => ({
      ...lines.data(open),
      ...(open.includes('histogram') && { histogram: histograms(run.machine.trial) }),
      ...(open.includes('spectrum') && slow.spectrum && { spectrum: slow.spectrum }),
      ...(open.includes('trajectory') && slow.trajectory && { trajectory: slow.trajectory }),
    }),
  };
}

const framesOf = ({ machine }: LiveRun): number => machine.keyframes().length;
