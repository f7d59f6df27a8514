// What fills the window: the shell, or what must be settled before it (connection, keys).
import type { ReactNode } from 'react';
import { useCall, useConnection } from '../bridge/queries.tsx';
import { KeyScreen } from '../features/keys/key-screen.tsx';
import { Button } from '../ui/button.tsx';
import { ConnectionScreen } from './connection-screen.tsx';
import { MessageScreen } from './message-screen.tsx';
import { Shell } from './shell.tsx';
import { useTheme } from './theme.ts';
import { failureMessage } from '../bridge/failure.ts';

export function App(): ReactNode {
  const connection = useConnection();
  const status = useCall('app:status', {});
  useTheme(status.data?.settings.theme ?? 'system');

  if (connection !== 'up') return <ConnectionScreen connection={connection} />;
  if (status.data !== undefined) {
    return status.data.keys.kind === 'ready' ? (
      <Shell status={status.data} />
    ) : (
      <KeyScreen keys={status.data.keys} dataFolder={status.data.dataFolder} />
    );
  }
  if (status.error !== null) {
    return (
      <MessageScreen
        title="Twofold could not start"
        tone="wrong"
        actions={
          <Button variant="primary" icon="refresh" onPress={() => void status.refetch()}>
            Try again
          </Button>
        }
      >
        <p>{failureMessage(status.error)}</p>
      </MessageScreen>
    );
  }
  return null;
}
