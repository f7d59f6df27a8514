// The world's time: what the verifier's clock shows, and what makes it go on, stand still or jump.
import { type ReactNode, useState } from 'react';
import type { Action, PolicySpan } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import { LATE_MS, Ring } from '../../ui/ring.tsx';
import { ClockDialog } from './clock-dialog.tsx';
import { aheadWords, clockTime, dayWords } from './rehearsal-words.ts';
import { SaidNote } from './said-note.tsx';
import { useRehearsal } from './use-rehearsal.ts';
import { WaitDialog } from './wait-dialog.tsx';
import { useTickingClock, type WorldClock } from './world-clock.ts';

const spans: readonly { readonly what: PolicySpan; readonly label: string }[] = [
  { what: 'lock', label: 'Until locks are over' },
  { what: 'challenge', label: 'Until sign-ins under way end' },
  { what: 'set-up', label: 'Until set-ups under way end' },
  { what: 'idle', label: 'Until unused sessions end' },
  { what: 'session', label: 'Until every session ends' },
  { what: 'trust', label: 'Until trust ends' },
  { what: 'break-glass', label: 'Until the break-glass delay is over' },
];

const jumps: readonly { readonly label: string; readonly by: Omit<Extract<Action, { do: 'wait' }>, 'do'> }[] =
  [
    { label: '+ 1 min', by: { minutes: 1 } },
    { label: '+ 1 hour', by: { hours: 1 } },
    { label: '+ 7 days', by: { days: 7 } },
    { label: '+ 30 days', by: { days: 30 } },
  ];

export function TimeBar({ clock }: { readonly clock: WorldClock }): ReactNode {
  const { world, go, busy } = useRehearsal();
  const [open, setOpen] = useState<'wait' | 'clock' | null>(null);
  const close = (): void => setOpen(null);
  const act = (action: Action): void => void go({ kind: 'act', action }, 'time');
  const actions: readonly MenuAction[] = [
    ...jumps.map(({ label, by }) => ({ id: label, label, onAction: () => act({ do: 'wait', ...by }) })),
    { id: 'wait', label: 'Another span…', onAction: () => setOpen('wait') },
    ...spans.map(({ what, label }) => ({ id: what, label, onAction: () => act({ do: 'wait-out', what }) })),
    { id: 'clock', label: 'Set the console’s clock…', icon: 'clock', onAction: () => setOpen('clock') },
  ];
  const isBusy = busy !== null;
  return (
    <>
      <section className="time-bar" aria-label="Time">
        <Clock clock={clock} />
        <div className="time-actions">
          <Button
            size="small"
            icon={world.isRunning ? 'pause' : 'play'}
            isDisabled={isBusy}
            onPress={() => void go({ kind: 'run', isRunning: !world.isRunning }, 'time')}
          >
            {world.isRunning ? 'Pause' : 'Run'}
          </Button>
          <Button size="small" isDisabled={isBusy} onPress={() => act({ do: 'wait-for-next-code' })}>
            To the next code
          </Button>
          <Button size="small" isDisabled={isBusy} onPress={() => act({ do: 'wait', minutes: 10 })}>
            + 10 min
          </Button>
          <Button size="small" isDisabled={isBusy} onPress={() => act({ do: 'wait', days: 1 })}>
            + 1 day
          </Button>
          <Menu label="Other changes of the time" actions={actions} />
          <StepRing clock={clock} periodMs={world.periodS * 1000} />
        </div>
      </section>
      <SaidNote place="time" />
      {open === 'wait' ? (
        <WaitDialog onWait={(wait) => go({ kind: 'act', action: wait }, 'time')} onClose={close} />
      ) : null}
      {open === 'clock' ? (
        <ClockDialog
          title="Set the console’s clock"
          who="The console’s clock is"
          hint="Codes are judged by it. Devices go on by the right time."
          aheadMs={world.verifierAheadMs}
          onSet={(aheadSeconds) => act({ do: 'set-verifier-clock', aheadSeconds })}
          onClose={close}
        />
      ) : null}
    </>
  );
}

function Clock({ clock }: { readonly clock: WorldClock }): ReactNode {
  const { world } = useRehearsal();
  const nowMs = useTickingClock(clock);
  return (
    <div className="time-now">
      <time className="time-clock" dateTime={new Date(nowMs).toISOString()}>
        {clockTime(nowMs, world.zone)}
      </time>
      <span className="muted">{dayWords(nowMs, world.zone)}, simulated</span>
      {world.verifierAheadMs === 0 ? null : (
        <Badge tone="attention">
          <span className="visually-hidden">The console’s </span>clock {aheadWords(world.verifierAheadMs)}
        </Badge>
      )}
    </div>
  );
}

/** What is left of the verifier's time step. */
function StepRing({ clock, periodMs }: { readonly clock: WorldClock; readonly periodMs: number }): ReactNode {
  const nowMs = useTickingClock(clock);
  const leftMs = periodMs - (nowMs % periodMs);
  return (
    <span className="time-verifier" title="How long the verifier’s code still counts">
      verifier <span className="visually-hidden">: {Math.ceil(leftMs / 1000)} s of this code left</span>
      <Ring share={leftMs / periodMs} isLate={leftMs <= LATE_MS} size={20} />
    </span>
  );
}
