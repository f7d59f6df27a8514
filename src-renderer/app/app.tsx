// What fills the window: the shell, or what must be settled before it (connection, keys).
import type { ReactNode } from 'react';
import type { AppStatus } from '../../src-shared/contract/index.ts';
import { failureMessage } from '../bridge/failure.ts';
import { useCall, useConnection } from '../bridge/queries.tsx';
import { KeyScreen } from '../features/keys/key-screen.tsx';
import { QuickCopyFrame, isQuickCopyPage } from '../features/quick-copy/quick-copy-frame.tsx';
import { QuickCopy } from '../features/quick-copy/quick-copy.tsx';
import { useForgetting } from '../features/lock/use-forgetting.ts';
import { useActivityReport } from '../features/lock/use-activity-report.ts';
import { Button } from '../ui/button.tsx';
import { ConnectionScreen } from './connection-screen.tsx';
import { FrameShell } from './frame-shell.tsx';
import { MessageScreen } from './message-screen.tsx';
import { confinedRoom } from './route.ts';
import { Shell } from './shell.tsx';
import { useTheme } from './theme.ts';

export function App(): ReactNode {
  const connection = useConnection();
  const status = useCall('app:status', {});
  useTheme(status.data?.settings.theme ?? 'system');
  const keys = status.data?.keys;
  useForgetting(keys !== undefined && keys.kind !== 'ready');
  useActivityReport(keys?.kind === 'ready' && keys.protection === 'passphrase');

  if (connection !== 'up') return <ConnectionScreen connection={connection} />;
  if (status.data !== undefined) {
    return isQuickCopyPage() ? (
      <QuickCopyFrame>
        <Opened status={status.data} />
      </QuickCopyFrame>
    ) : (
      <Opened status={status.data} />
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

function Opened({ status }: { readonly status: AppStatus }): ReactNode {
  const { keys, dataFolder, settings } = status;
  const room = confinedRoom();
  if (keys.kind !== 'ready') return <KeyScreen keys={keys} dataFolder={dataFolder} />;
  if (room !== null) return <FrameShell room={room} status={status} />;
  return isQuickCopyPage() ? <QuickCopy settings={settings} /> : <Shell status={status} />;
}
