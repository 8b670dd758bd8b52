import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Digits, digitsShown } from '../plots/digits.js';
import { curveInputs, Fit } from '../plots/fit.js';
import { Plane, planeRequest } from '../plots/plane.js';
import type { Lab } from '../state/lab.js';
import type { RunView } from '../state/run-view.js';
import type { PictureRequest, SampleFacts } from '../worker/protocol.js';
import { Charts } from './charts.js';
import { Controls } from './controls.js';
import { Help } from './help.js';
import { listenToKeys } from './keys.js';
import { keepAddress } from './link-sync.js';
import { Outcome } from './outcome.js';
import { Panels } from './panels.js';
import { ManySeeds } from './seeds.js';
import { LinkNotice, Share } from './share.js';
import { Timeline } from './timeline.js';
import { Transport } from './transport.js';
import { usePlay } from './use-play.js';

const tabs = { controls: 'Set up', stage: 'Network', charts: 'Charts' } as const;
type Tab = keyof typeof tabs;

/** The bench: controls, the network at work, charts, and the timeline below; on a small screen one part at a time. */
export function Play({ lab }: { lab: Lab }) {
  const play = usePlay(lab);
  const tab = useSignal<Tab>('stage');
  useEffect(() => listenToKeys(lab, play), [lab, play]);
  useEffect(() => keepAddress(lab), [lab]);
  const drawn = useSignal<Uint8Array | undefined>(undefined);
  const facts = useComputed(() => lab.active.value?.facts.value);
  useSignalEffect(() => {
    const samples = facts.value?.samples;
    lab.picture.value = samples && pictureFor(samples, drawn.value);
  });
  const view = lab.active.value;
  return (
    <main class="play" id="main" data-tab={tab.value}>
      <h1 class="hidden">Play</h1>
      <nav class="tabs" aria-label="Parts">
        {(Object.entries(tabs) as [Tab, string][]).map(([name, text]) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab.value === name}
            onClick={() => {
              tab.value = name;
            }}
          >
            {text}
          </button>
        ))}
      </nav>
      <aside aria-label="What is trained">
        <Controls
          spec={play.spec.value}
          running={(view?.place.value.step ?? 0) > 0}
          preset={play.preset.value}
          onPreset={play.choosePreset}
          onSpec={play.takeSpec}
          onEdit={play.edit}
        />
      </aside>
      <section class="stage" aria-label="The network at work">
        <LinkNotice />
        {view && <Outcome view={view} />}
        {view && (
          <Picture
            view={view}
            beside={lab.compared.value}
            onDraw={play.drawPoints}
            onDrawn={(pixels) => {
              drawn.value = pixels;
            }}
          />
        )}
        <ManySeeds lab={lab} />
      </section>
      <section class="charts" aria-label="Charts">
        <Charts lab={lab} />
        <Panels lab={lab} />
      </section>
      <footer class="dock">
        <Transport lab={lab} onNextSeed={play.nextSeed} onBranch={play.branchHere}>
          <Share lab={lab} />
          <Help />
        </Transport>
        <Timeline lab={lab} />
      </footer>
    </main>
  );
}

function pictureFor(samples: SampleFacts, drawn: Uint8Array | undefined): PictureRequest | undefined {
  if (samples.digits) return { kind: 'digits', count: digitsShown, ...(drawn && { drawn }) };
  if (samples.width === 1 && !samples.labelled) return { kind: 'curve', xs: curveInputs(samples) };
  return samples.width === 2 ? planeRequest(samples) : undefined;
}

interface PictureProps {
  readonly view: RunView;
  readonly beside: RunView | undefined;
  readonly onDrawn: (pixels: Uint8Array) => void;
  readonly onDraw: (points: readonly (readonly [number, number])[]) => void;
}

function Picture({ view, beside, onDrawn, onDraw }: PictureProps) {
  const samples = view.facts.value?.samples;
  if (!samples) return <div class="picture waiting" />;
  if (samples.digits) return <Digits view={view} onDrawn={onDrawn} />;
  if (samples.width === 1 && !samples.labelled) {
    return <Fit view={view} beside={beside} {...(view.spec.data.kind === 'table' && { onDraw })} />;
  }
  if (samples.width === 2) return <Plane view={view} />;
  return (
    <p class="empty">
      Samples of {samples.width} numbers have no picture here; the charts beside show how they are learnt.
    </p>
  );
}
