/** The program of a drawing thread: draws the figures that it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { drawFigure, type FigureRequest } from '../../../report/drawing/draw-figure.js';

/** What a drawing thread is started with. */
export interface DrawStart {
  readonly fontFiles: readonly string[];
}

/** From a drawing thread: what came of the figure that it was sent. */
export type DrawReply =
  | { readonly kind: 'drawn'; readonly inline: string; readonly png: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };

const { fontFiles } = workerData as DrawStart;

const reply = (message: DrawReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (figure: FigureRequest) => {
  drawFigure(figure, fontFiles).then(
    ({ inline, png }) => reply({ kind: 'drawn', inline, png }),
    (error: unknown) => reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
