// The open world: its scenario and time at the top, browsers at the left, devices and the transcript at the right.
import { type ReactNode, useMemo, useState } from 'react';
import type { RehearsedWorld } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChoiceChips } from '../../ui/choice-chips.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { BrowserPanel } from './browser-panel.tsx';
import { DevicePanel } from './device-panel.tsx';
import { expectedWords, hasOwnActions, standingOf } from './rehearsal-words.ts';
import { RoomMenu } from './room-menu.tsx';
import { SaidNote } from './said-note.tsx';
import { TimeBar } from './time-bar.tsx';
import { Transcript } from './transcript.tsx';
import './world.css';
import { RehearsalProvider, useGoing, useRehearsal } from './use-rehearsal.ts';
import { useRoomKeys } from './use-room-keys.ts';
import { verifierClock } from './world-clock.ts';

/** In a narrow window one of them is shown at a time. */
const views = [
  { id: 'browsers', label: 'Browsers' },
  { id: 'devices', label: 'Devices' },
  { id: 'transcript', label: 'Transcript' },
] as const;

export interface WorldRoomProps {
  readonly world: RehearsedWorld;
  readonly heardAtMs: number;
}

export function WorldRoom({ world, heardAtMs }: WorldRoomProps): ReactNode {
  const rehearsal = useGoing(world, heardAtMs);
  const clock = useMemo(() => verifierClock(world, heardAtMs), [world, heardAtMs]);
  const [view, setView] = useState<string>('browsers');
  const [large, setLarge] = useState<string | null>(null);
  useDocumentTitle(world.scenario.title);
  const { go, busy } = rehearsal;
  useRoomKeys({
    onNext: () => {
      if (busy === null && world.next < world.scenario.plan.length) void go({ kind: 'step' }, 'room');
    },
    onRun: () => {
      if (busy === null) void go({ kind: 'run', isRunning: !world.isRunning }, 'time');
    },
  });
  const isOnly = world.browsers.length === 1;
  const enlarged = world.browsers.some(({ name }) => name === large) ? large : null;
  return (
    <RehearsalProvider value={rehearsal}>
      <div className="world" data-view={view}>
        <WorldHead />
        <SaidNote place="room" />
        <TimeBar clock={clock} />
        <div className="world-views">
          <ChoiceChips label="Show" choices={views} selected={view} onSelect={setView} />
        </div>
        <div className="world-columns">
          <div className={`world-browsers${enlarged === null ? '' : ' one'}`}>
            {world.browsers.map((browser) => (
              <div
                key={browser.name}
                className="world-place"
                hidden={enlarged !== null && enlarged !== browser.name}
              >
                <BrowserPanel
                  browser={browser}
                  clock={clock}
                  isLarge={isOnly ? null : enlarged === browser.name}
                  onResize={() => setLarge(enlarged === null ? browser.name : null)}
                />
              </div>
            ))}
          </div>
          <div className="world-side">
            {world.devices.length === 0 ? null : (
              <div className="world-devices">
                {world.devices.map((device) => (
                  <DevicePanel key={device.name} device={device} />
                ))}
              </div>
            )}
            <Transcript />
          </div>
        </div>
      </div>
    </RehearsalProvider>
  );
}

function WorldHead(): ReactNode {
  const { world, go, busy } = useRehearsal();
  const [asked, setAsked] = useState<'close' | 'open' | null>(null);
  const { scenario, next } = world;
  const standing = standingOf(scenario.plan);
  const coming = scenario.plan[next];
  const isBusy = busy !== null;
  const leave = (how: 'close' | 'open'): void =>
    void go(how === 'close' ? { kind: 'close' } : { kind: 'open', scenario: scenario.name }, 'room');
  const ask = (how: 'close' | 'open'): void => {
    if (hasOwnActions(world)) setAsked(how);
    else leave(how);
  };
  return (
    <header className="world-head">
      <div className="world-title">
        <h1>{scenario.title}</h1>
        {standing === null ? null : (
          <Badge tone={standing.tone} withShape={standing.tone === 'wrong'}>
            {standing.words}
          </Badge>
        )}
      </div>
      <div className="world-actions">
        <Button size="small" isDisabled={isBusy} isPending={busy === 'open'} onPress={() => ask('open')}>
          Start over
        </Button>
        {scenario.plan.length === 0 ? null : (
          <>
            <Button
              size="small"
              isDisabled={isBusy || coming === undefined}
              isPending={busy === 'finish'}
              onPress={() => void go({ kind: 'finish' }, 'room')}
            >
              Run to the end
            </Button>
            <Button
              size="small"
              variant="primary"
              icon="rehearsal"
              isDisabled={isBusy || coming === undefined}
              isPending={busy === 'step'}
              aria-describedby="coming-step"
              onPress={() => void go({ kind: 'step' }, 'room')}
            >
              Next step
            </Button>
          </>
        )}
        <RoomMenu />
        <IconButton
          icon="cross"
          label="Close the rehearsal"
          isDisabled={isBusy}
          onPress={() => ask('close')}
        />
      </div>
      {scenario.plan.length === 0 ? null : (
        <p className="world-coming muted" id="coming-step">
          {coming === undefined
            ? 'Every step was played. Go on by hand, or start over.'
            : `Next: ${coming.sentence}. ${expectedWords(coming)}`}
        </p>
      )}
      {asked === null ? null : (
        <ConfirmDialog
          title={asked === 'close' ? 'Close the rehearsal?' : 'Start over?'}
          isOpen
          onClose={() => setAsked(null)}
          confirmLabel={asked === 'close' ? 'Close' : 'Start over'}
          onConfirm={() => {
            setAsked(null);
            leave(asked);
          }}
        >
          <p>
            This world ends with all that was done in it. What you did by hand is kept only if you save it as
            an own scenario first.
          </p>
        </ConfirmDialog>
      )}
    </header>
  );
}
