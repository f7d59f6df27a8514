// A simulated device: where it is, how its clock stands, what can happen with it, and its authenticator.
import { type ReactNode, useMemo, useState } from 'react';
import type { RehearsedDevice } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import { ClockDialog } from './clock-dialog.tsx';
import { aheadWords, lastIdOf, shortTime } from './rehearsal-words.ts';
import { RehearsedFrame } from './rehearsed-frame.tsx';
import { SaidNote } from './said-note.tsx';
import { useActAt, useRehearsal } from './use-rehearsal.ts';
import { deviceClock } from './world-clock.ts';

export function DevicePanel({ device }: { readonly device: RehearsedDevice }): ReactNode {
  const { world, heardAtMs } = useRehearsal();
  const { name, aheadMs, isLocked, lostAtMs, accounts } = device;
  const [isSettingClock, setSettingClock] = useState(false);
  const [isPutAway, setPutAway] = useState(false);
  const act = useActAt(name);
  const clock = useMemo(() => deviceClock(world, aheadMs, heardAtMs), [world, aheadMs, heardAtMs]);
  const isLost = lostAtMs !== null;
  const shown = world.browsers.filter(({ showsQrCode }) => showsQrCode);
  const atHand: readonly MenuAction[] = [
    ...world.sheets
      .filter(({ kind }) => kind === 'secret')
      .map(({ name: sheet }) => ({
        id: `type ${sheet}`,
        label: `Type “${sheet}” in`,
        icon: 'keyboard' as const,
        onAction: () => act({ do: 'type-secret', device: name, sheet }),
      })),
    { id: 'note', label: 'Note its code', onAction: () => act({ do: 'note-code', device: name }) },
    isLocked
      ? {
          id: 'unlock',
          label: 'Unlock it',
          icon: 'lock',
          onAction: () => act({ do: 'unlock-device', device: name }),
        }
      : {
          id: 'lock',
          label: 'Lock it',
          icon: 'lock',
          onAction: () => act({ do: 'lock-device', device: name }),
        },
    { id: 'clock', label: 'Set its clock…', icon: 'clock', onAction: () => setSettingClock(true) },
    {
      id: 'lose',
      label: 'Lose it',
      isDanger: true,
      onAction: () => act({ do: 'lose-device', device: name }),
    },
  ];
  return (
    <section
      className={`panel device${isLost ? ' lost' : accounts === 0 && !isLocked ? ' empty' : ''}`}
      aria-label={name}
    >
      <header className="panel-head">
        <Icon name="phone" />
        <h2 className="panel-name" title={name}>
          {name}
        </h2>
        {isLost ? (
          <Badge tone="wrong">lost at {shortTime(lostAtMs, world.zone)}</Badge>
        ) : (
          <Badge tone={aheadMs === 0 ? 'neutral' : 'attention'}>clock {aheadWords(aheadMs)}</Badge>
        )}
        {isLocked && !isLost ? <Badge>locked</Badge> : null}
        <span className="panel-rest" />
        {isLost ? (
          <Button
            size="small"
            aria-label={`Find ${name} again`}
            onPress={() => act({ do: 'find-device', device: name })}
          >
            Find it
          </Button>
        ) : (
          <>
            <IconButton
              icon={isPutAway ? 'chevronRight' : 'chevronDown'}
              label={isPutAway ? `Show the screen of ${name}` : `Put ${name} away`}
              size={16}
              onPress={() => setPutAway(!isPutAway)}
            />
            <Menu label={`What happens with ${name}`} actions={atHand} />
          </>
        )}
      </header>
      <SaidNote place={{ actor: name }} />
      {isLost ? null : (
        <>
          {shown.length === 0 || isLocked || isPutAway ? null : (
            <div className="panel-offers">
              {shown.map(({ name: browser }) => (
                <Button
                  key={browser}
                  size="small"
                  icon="qr"
                  onPress={() => act({ do: 'scan', device: name, browser })}
                >
                  Scan the screen of {browser}
                </Button>
              ))}
            </div>
          )}
          {/* Out of sight, its page goes on. */}
          <div className="panel-screen" hidden={isPutAway}>
            <RehearsedFrame
              worldId={world.id}
              actor={name}
              room="authenticator"
              zone={world.zone}
              clock={clock}
              happening={lastIdOf(name, world)}
            />
          </div>
        </>
      )}
      {isSettingClock ? (
        <ClockDialog
          title={`Set the clock of ${name}`}
          who="It is"
          hint="Compared with the right time. Codes are made by it."
          aheadMs={aheadMs}
          onSet={(aheadSeconds) => act({ do: 'set-device-clock', device: name, aheadSeconds })}
          onClose={() => setSettingClock(false)}
        />
      ) : null}
    </section>
  );
}
