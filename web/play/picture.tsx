import { useRef } from 'preact/hooks';
import { pictureTable } from '../exports/picture-table.js';
import { SaveMenu } from '../exports/save-menu.js';
import { Digits } from '../plots/pictures/digits.js';
import { curveInputs, Fit } from '../plots/pictures/fit.js';
import { Plane, planeRequest } from '../plots/pictures/plane.js';
import type { RunView } from '../state/run-view.js';
import { digitsShown, type PictureRequest, type SampleFacts } from '../worker/protocol.js';
import type { PlayState } from './use-play.js';

/** What is asked of a network for its picture; undefined where samples have none. */
export function pictureFor(samples: SampleFacts, drawn: Uint8Array | undefined): PictureRequest | undefined {
  if (samples.digits) return { kind: 'digits', count: digitsShown, ...(drawn && { drawn }) };
  if (samples.width === 1 && !samples.labelled) return { kind: 'curve', xs: curveInputs(samples) };
  return samples.width === 2 ? planeRequest(samples) : undefined;
}

interface Views {
  readonly view: RunView;
  readonly beside: RunView | undefined;
}

interface PictureProps extends Views {
  readonly play: PlayState;
  /** The digit that was drawn; it outlives the run. */
  readonly drawn: Uint8Array | undefined;
  readonly onDrawn: (pixels: Uint8Array) => void;
}

/** The network at work; while it is laid out its place is kept as high as that of the one before. */
export function Picture(props: PictureProps) {
  const { problem, facts } = props.view;
  const place = useRef<HTMLDivElement>(null);
  if (problem.value) return null;
  const height = facts.value ? undefined : place.current?.offsetHeight;
  return (
    <div ref={place} style={{ minHeight: height ? `${height}px` : '' }}>
      {facts.value ? <Work {...props} samples={facts.value.samples} /> : <div class="picture waiting">…</div>}
    </div>
  );
}

/** Its curve, its plane, or the digits that it reads. */
function Work({ view, beside, play, drawn, onDrawn, samples }: PictureProps & { readonly samples: SampleFacts }) {
  const own = view.spec.data.kind === 'table';
  const shown = { view, beside, children: <SavePicture view={view} beside={beside} /> };
  if (samples.digits) return <Digits {...shown} drawn={drawn} onDrawn={onDrawn} />;
  if (samples.width === 1 && !samples.labelled) return <Fit {...shown} {...(own && { onDraw: play.drawPoints })} />;
  if (samples.width === 2) {
    return <Plane {...shown} {...(own && samples.labelled && { onPlace: play.placePoint })} />;
  }
  return (
    <p class="empty">
      Samples of {samples.width} numbers have no picture here; the charts beside show how they are learnt.
    </p>
  );
}

/** Runs of other samples are not in the picture. */
function SavePicture({ view, beside }: Views) {
  const isBoth = beside?.picture.value?.kind === view.picture.value?.kind;
  return <SaveMenu title="Network" table={() => pictureTable(beside && isBoth ? [view, beside] : [view])} />;
}
