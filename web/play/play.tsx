import { type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { ShownNow } from '../exports/proof.js';
import type { Lab } from '../state/lab.js';
import { Charts } from './charts.js';
import { Forgetful, GoOn } from './go-on.js';
import { Help } from './help.js';
import { listenToKeys } from './keys.js';
import { keepAddress } from './link-sync.js';
import { Outcome } from './outcome.js';
import { Panels } from './panels.js';
import { Picture, pictureFor } from './picture.js';
import { Safely } from './safely.js';
import { ManySeeds } from './seeds.js';
import { Controls } from './setup/controls.js';
import { LinkNotice, Share } from './share.js';
import { shownNow } from './shown-now.js';
import { Timeline } from './timeline.js';
import { Transport } from './transport.js';
import { type PlayState, usePlay } from './use-play.js';

const tabs = { controls: 'Set up', stage: 'Network', charts: 'Charts' } as const;
type Tab = keyof typeof tabs;

/** The bench: controls, the network at work, charts, and the timeline below; on a small screen one part at a time. */
export function Play({ lab }: { lab: Lab }) {
  const play = usePlay(lab);
  const tab = useSignal<Tab>('stage');
  const shown = useCallback(() => shownNow(lab), [lab]);
  useEffect(() => listenToKeys(lab, play), [lab, play]);
  useEffect(() => keepAddress(lab), [lab]);
  return (
    <main class="play" id="main" data-tab={tab.value}>
      <h1 class="hidden">Play</h1>
      <Tabs tab={tab} />
      <aside aria-label="What is trained">
        <Safely of={lab.active.value}>
          <Controls lab={lab} play={play} />
        </Safely>
      </aside>
      <ShownNow.Provider value={shown}>
        <Stage lab={lab} play={play} />
        <section class="charts" aria-label="Charts">
          <Charts lab={lab} />
          <Panels lab={lab} />
        </section>
      </ShownNow.Provider>
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

const Tabs = ({ tab }: { tab: Signal<Tab> }) => (
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
);

/** What the network makes of its samples, and what became of it. */
function Stage({ lab, play }: { lab: Lab; play: PlayState }) {
  const drawn = useSignal<Uint8Array | undefined>(undefined);
  const facts = useComputed(() => lab.active.value?.facts.value);
  useSignalEffect(() => {
    const samples = facts.value?.samples;
    lab.picture.value = samples && pictureFor(samples, drawn.value);
  });
  const view = lab.active.value;
  // What stands below the first picture comes with it, and does not move.
  const hasBegun = useRef(false);
  hasBegun.current ||= facts.value !== undefined || view?.problem.value !== undefined;
  return (
    <section class="stage" aria-label="The network at work">
      <LinkNotice />
      <Forgetful />
      <GoOn lab={lab} />
      {view && <Outcome lab={lab} play={play} view={view} />}
      {view && (
        <Picture
          view={view}
          beside={lab.compared.value}
          play={play}
          drawn={drawn.value}
          onDrawn={(pixels) => {
            drawn.value = pixels;
          }}
        />
      )}
      {hasBegun.current && <ManySeeds lab={lab} />}
    </section>
  );
}
