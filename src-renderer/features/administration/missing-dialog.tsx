// Who has not set up two-factor authentication yet.
import type { ReactNode } from 'react';
import { useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { copyText } from '../console/copy-text.ts';
import { counted } from '../console/time-words.ts';

export function MissingDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { data, error, refetch } = useCall('administration:previewTwoFactor', { turnOn: true });
  const names = data === undefined ? [] : [...data.mustSetUp, ...data.blocked];
  return (
    <Dialog
      title="Who is missing"
      size="small"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button
            icon="copy"
            isDisabled={names.length === 0}
            onPress={() => void copyText(names.join('\n'), 'Names')}
          >
            Copy names
          </Button>
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={3} height={40} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="stack">
          <p>
            {data.mustSetUp.length === 0
              ? 'Nobody has to set it up any more.'
              : `${counted(data.mustSetUp.length, 'user')} will set it up at the next sign-in.`}
          </p>
          {data.mustSetUp.length === 0 ? null : <Names names={data.mustSetUp} />}
          {data.blocked.length === 0 ? null : (
            <>
              <p>{counted(data.blocked.length, 'user')} cannot sign in until you reset the factor.</p>
              <Names names={data.blocked} />
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  return (
    <ul className="plain-names" tabIndex={0} aria-label="Names">
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}
