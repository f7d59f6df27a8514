// What stands in the window until the keys that seal the data are there.
import type { ReactNode } from 'react';
import type { KeyState } from '../../../src-shared/contract/index.ts';
import { MessageScreen } from '../../app/message-screen.tsx';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ChoosePassphrase } from './choose-passphrase.tsx';
import { EnterPassphrase } from './enter-passphrase.tsx';

export interface KeyScreenProps {
  readonly keys: Exclude<KeyState, { kind: 'ready' }>;
  readonly dataFolder: string;
}

export function KeyScreen({ keys, dataFolder }: KeyScreenProps): ReactNode {
  switch (keys.kind) {
    case 'choose-passphrase':
      return <ChoosePassphrase reason={keys.reason} />;
    case 'enter-passphrase':
      return <EnterPassphrase reason={keys.reason} dataFolder={dataFolder} />;
    case 'keychain-unavailable':
      return <KeychainUnavailable reason={keys.reason} />;
    case 'key-missing':
      return <KeyMissing reason={keys.reason} dataFolder={dataFolder} />;
  }
}

function RetryKeys(): ReactNode {
  const retry = useAction('app:retryKeys');
  return (
    <div className="stack">
      {retry.error === null ? null : <ErrorNote error={retry.error} />}
      <div>
        <Button variant="primary" icon="refresh" isPending={retry.isPending} onPress={() => retry.mutate({})}>
          Try again
        </Button>
      </div>
    </div>
  );
}

function KeychainUnavailable({ reason }: { readonly reason: string }): ReactNode {
  return (
    <MessageScreen title="The keychain does not answer" icon="lock" actions={<RetryKeys />}>
      <p className="wrap-anywhere">{reason}</p>
      <p>The key that opens your data is kept there. Your data is kept as it is.</p>
    </MessageScreen>
  );
}

function KeyMissing({
  reason,
  dataFolder,
}: {
  readonly reason: string;
  readonly dataFolder: string;
}): ReactNode {
  return (
    <MessageScreen title="The key to your data is missing" icon="key" tone="wrong" actions={<RetryKeys />}>
      <p className="wrap-anywhere">{reason}</p>
      <p>Nothing was overwritten. Your data is still here, sealed:</p>
      <p className="key-folder mono wrap-anywhere">{dataFolder}</p>
      <div className="stack tight">
        <h3>What you can do</h3>
        <ol className="key-ways">
          <li>If you signed in as another user of this computer, sign in as the one who set Twofold up.</li>
          <li>
            If the keychain was replaced or reset, restore it from a backup of this computer, then try again.
          </li>
          <li>
            If there is no backup, move the folder to a safe place and start Twofold again. It begins empty;
            the sealed data opens only with its key.
          </li>
        </ol>
      </div>
    </MessageScreen>
  );
}
