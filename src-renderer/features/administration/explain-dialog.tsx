// What a sign-in of a user would meet now from an unknown browser, and why.
import type { ReactNode } from 'react';
import type { UserRow } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';

export interface ExplainDialogProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

export function ExplainDialog({ user, onClose }: ExplainDialogProps): ReactNode {
  const { data, error, refetch } = useCall('administration:explain', { userId: user.id });
  return (
    <Dialog
      title={`If ${user.displayName} signed in now`}
      size="small"
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          Close
        </Button>
      }
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={3} height={32} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="stack">
          <p className="explain-next">{data.next}</p>
          <ol className="explain-because" aria-label="Because">
            {data.because.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ol>
          <p className="muted small">
            With the right user name and password, from a browser that is not trusted.
          </p>
        </div>
      )}
    </Dialog>
  );
}
