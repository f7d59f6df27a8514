// Where the console's data lie, and the way to another place.
import { type ReactNode, useState } from 'react';
import type { DataPlace } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { changesWords, safetyWords } from './database-words.ts';
import { MoveConsoleDialog } from './move-console-dialog.tsx';

/** For administrators of the whole organization; nothing for those of a unit, and nothing in a rehearsal. */
export function DatabaseCard({ isCodeAsked }: { readonly isCodeAsked: boolean }): ReactNode {
  const { data: place, error, refetch } = useCall('database:place', {});
  const [moving, setMoving] = useState<DataPlace | null>(null);
  if (hasCode(error, 'not-permitted', 'not-available')) return null;
  return (
    <Card
      title="Database"
      description="Where this console keeps its users, factors, sessions and audit. The authenticator stays in its user’s own folder."
      actions={
        place === undefined ? null : <Badge>{place.kind === 'folder' ? 'In the folder' : 'PostgreSQL'}</Badge>
      }
    >
      {place === undefined ? (
        error === null ? (
          <Skeleton rows={1} height={60} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="stack">
          <Facts place={place} />
          {place.kind === 'database' && place.isFromEnvironment ? (
            <p className="muted small">
              <span className="mono">TWOFOLD_DATABASE_URL</span> names it where Twofold is started, so it is
              not changed here. <span className="mono">twofold console move</span> moves the data while
              Twofold does not run.
            </p>
          ) : (
            <div className="cluster">
              <Button onPress={() => setMoving(place)}>
                {place.kind === 'folder' ? 'Move to a database…' : 'Move back to the folder…'}
              </Button>
            </div>
          )}
        </div>
      )}
      {moving === null ? null : (
        <MoveConsoleDialog from={moving} isCodeAsked={isCodeAsked} onClose={() => setMoving(null)} />
      )}
    </Card>
  );
}

function Facts({ place }: { readonly place: DataPlace }): ReactNode {
  if (place.kind === 'folder') {
    return (
      <dl className="facts">
        <dt>Folder</dt>
        <dd className="mono wrap-anywhere">{place.path}</dd>
      </dl>
    );
  }
  return (
    <dl className="facts">
      <dt>Database</dt>
      <dd className="mono wrap-anywhere">{place.address}</dd>
      <dt>Connection</dt>
      <dd>{safetyWords[place.safety]}</dd>
      <dt>Changes elsewhere</dt>
      <dd>{changesWords[place.changes]}</dd>
    </dl>
  );
}
