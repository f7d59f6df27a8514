// First start without an OS keychain: a passphrase is chosen, and the reason for it is told.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { MessageScreen } from '../../app/message-screen.tsx';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import './keys.css';
import { isUsable, NewPassphraseFields } from './new-passphrase-fields.tsx';

export function ChoosePassphrase({ reason }: { readonly reason: string }): ReactNode {
  const [value, setValue] = useState({ first: '', second: '' });
  const choose = useAction('app:choosePassphrase');
  const retry = useAction('app:retryKeys');
  const isRefused = hasCode(choose.error, 'passphrase-refused');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isUsable(value)) choose.mutate({ passphrase: value.first });
  };
  return (
    <MessageScreen title="Choose a passphrase" icon="lock" tone="accent">
      <p>It seals your accounts and the console on this computer. Twofold asks for it at each start.</p>
      <form className="stack" onSubmit={submit}>
        <NewPassphraseFields
          value={value}
          onChange={(next) => {
            setValue(next);
            if (choose.isError) choose.reset();
          }}
          autoFocus
          error={isRefused ? choose.error?.message : undefined}
        />
        <Note tone="attention">
          Nobody can recover a forgotten passphrase. Keep it where you keep such things.
        </Note>
        {choose.error === null || isRefused ? null : <ErrorNote error={choose.error} />}
        {retry.error === null ? null : <ErrorNote error={retry.error} />}
        <div className="cluster">
          <Button variant="primary" type="submit" isDisabled={!isUsable(value)} isPending={choose.isPending}>
            Use this passphrase
          </Button>
          <Button variant="quiet" isPending={retry.isPending} onPress={() => retry.mutate({})}>
            Look for a keychain again
          </Button>
        </div>
        <p className="small muted wrap-anywhere">Why not the system’s keychain: {reason}</p>
      </form>
    </MessageScreen>
  );
}
