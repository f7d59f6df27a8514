// The shell of a page inside a simulated browser or device: its one room, its dialogs, and no way to another room.
import type { ReactNode } from 'react';
import type { AppStatus } from '../../src-shared/contract/index.ts';
import { useClockSettings } from '../bridge/window-clock.ts';
import { TransferDialogs } from '../features/transfer/transfer-dialogs.tsx';
import './frame-shell.css';
import type { Room } from './route.ts';
import { RoomArea } from './shell.tsx';
import { useShortcuts } from './shortcuts.ts';

export interface FrameShellProps {
  readonly room: Room;
  readonly status: AppStatus;
}

export function FrameShell({ room, status }: FrameShellProps): ReactNode {
  // Whatever tells the time is drawn anew when the clock is set: 'today' may be yesterday by then.
  useClockSettings();
  useShortcuts();
  return (
    <div className="frame-shell">
      <RoomArea room={room} status={status} />
      <TransferDialogs />
    </div>
  );
}
