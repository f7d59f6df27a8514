// The console as a page of its own, for a browser anywhere: its room, or that the server does not answer.
import type { ReactNode } from 'react';
import { useConnection } from '../bridge/queries.tsx';
import { ConsoleRoom } from '../features/console/console-room.tsx';
import { ConnectionScreen } from './connection-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import './console-app.css';
import { useShortcuts } from './shortcuts.ts';
import { useTheme } from './theme.ts';

export function ConsoleApp(): ReactNode {
  const connection = useConnection();
  useTheme('system');
  useShortcuts();
  if (connection !== 'up') return <ConnectionScreen connection={connection} />;
  return (
    <main className="room console-app">
      <div className="room-content">
        <ErrorBoundary>
          <ConsoleRoom />
        </ErrorBoundary>
      </div>
    </main>
  );
}
