// The rehearsal's room: the scenarios to choose from, or the world that is open.
import type { ReactNode } from 'react';
import { useCall } from '../../bridge/queries.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import './rehearsal.css';
import { ScenarioList } from './scenario-list.tsx';
import { WorldRoom } from './world-room.tsx';

export function RehearsalRoom(): ReactNode {
  const { data, dataUpdatedAt, error, refetch } = useCall('rehearsal:world', {});
  if (data === undefined) {
    return (
      <Page title="Rehearsal">
        {error === null ? (
          <Skeleton rows={3} height={110} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  if (data.world === null) return <ScenarioList />;
  return <WorldRoom key={data.world.id} world={data.world} heardAtMs={dataUpdatedAt} />;
}
