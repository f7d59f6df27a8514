// The frame of the app: the rail with the rooms and the clock's state, notices, and the room itself.
import type { ReactNode } from 'react';
import type { AppStatus } from '../../src-shared/contract/index.ts';
import { useAction } from '../bridge/queries.tsx';
import { AuthenticatorRoom } from '../features/authenticator/authenticator-room.tsx';
import { ClockRoom } from '../features/clock/clock-room.tsx';
import { ClockState } from '../features/clock/clock-state.tsx';
import { ConsoleRoom } from '../features/console/console-room.tsx';
import { LockButton } from '../features/lock/lock-button.tsx';
import { RehearsalRoom } from '../features/rehearsal/rehearsal-room.tsx';
import { SettingsRoom } from '../features/settings/settings-room.tsx';
import { TransferDialogs } from '../features/transfer/transfer-dialogs.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Logo } from '../ui/logo.tsx';
import { Note, type Tone } from '../ui/note.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { type Room, rooms, routeHref, useRoute } from './route.ts';
import './shell.css';
import { useShortcuts } from './shortcuts.ts';

const entries: { readonly [R in Room]: { readonly label: string; readonly icon: IconName } } = {
  authenticator: { label: 'Authenticator', icon: 'key' },
  console: { label: 'Console', icon: 'console' },
  rehearsal: { label: 'Rehearsal', icon: 'rehearsal' },
  clock: { label: 'Clock', icon: 'clock' },
  settings: { label: 'Settings', icon: 'settings' },
};

function RoomContent({ room, status }: { readonly room: Room; readonly status: AppStatus }): ReactNode {
  switch (room) {
    case 'authenticator':
      return <AuthenticatorRoom />;
    case 'console':
      return <ConsoleRoom />;
    case 'rehearsal':
      return <RehearsalRoom />;
    case 'clock':
      return <ClockRoom settings={status.settings} />;
    case 'settings':
      return <SettingsRoom status={status} />;
  }
}

/** The room, and what it falls back to when it breaks. */
export function RoomArea({ room, status }: { readonly room: Room; readonly status: AppStatus }): ReactNode {
  return (
    <main className="room">
      <Notices notices={status.notices} />
      <div className="room-content">
        <ErrorBoundary key={room}>
          <RoomContent room={room} status={status} />
        </ErrorBoundary>
      </div>
    </main>
  );
}

const tones: { readonly [S in AppStatus['notices'][number]['severity']]: Tone } = {
  info: 'neutral',
  attention: 'attention',
  wrong: 'wrong',
};

function Notices({ notices }: { readonly notices: AppStatus['notices'] }): ReactNode {
  const dismiss = useAction('app:dismissNotice');
  if (notices.length === 0) return null;
  return (
    <div className="notices no-print">
      {notices.map((notice) => (
        <Note
          key={notice.id}
          tone={tones[notice.severity]}
          onDismiss={() => dismiss.mutate({ id: notice.id })}
        >
          {notice.message}
        </Note>
      ))}
    </div>
  );
}

export function Shell({ status }: { readonly status: AppStatus }): ReactNode {
  const { room } = useRoute();
  useShortcuts();
  return (
    <div className="shell">
      <nav className="rail no-print" aria-label="Rooms">
        <div className="rail-brand">
          <Logo />
          <span className="rail-word">Twofold</span>
        </div>
        <ul className="rail-rooms">
          {rooms.map((entry) => (
            <li key={entry}>
              <a
                className="rail-entry"
                href={routeHref(entry)}
                title={entries[entry].label}
                {...(entry === room ? { 'aria-current': 'page' } : {})}
              >
                <Icon name={entries[entry].icon} />
                <span className="rail-word">{entries[entry].label}</span>
              </a>
            </li>
          ))}
        </ul>
        <div className="rail-foot">
          <ClockState />
          <LockButton status={status} />
        </div>
      </nav>
      <RoomArea room={room} status={status} />
      <TransferDialogs />
    </div>
  );
}
