// The backups in the settings: where they go, when the last one was made, whether it opens, and what went wrong.
import { type ReactNode, useState } from 'react';
import type { AppStatus, BackupStatus } from '../../../src-shared/contract/index.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { showToast } from '../../ui/toast.tsx';
import { counted, exactTime, whenWords } from '../console/time-words.ts';
import '../settings/settings.css';
import { BackupPlanDialog } from './backup-plan-dialog.tsx';
import { TestRestoreDialog } from './test-restore-dialog.tsx';

export function BackupsCard({ host }: { readonly host: AppStatus['host'] }): ReactNode {
  const { data: status, error } = useCall('backup:status', {});
  const [shown, setShown] = useState<'nothing' | 'plan' | 'test'>('nothing');
  const close = (): void => setShown('nothing');
  return (
    <Card
      title="Backups"
      description="Encrypted files with all accounts of the authenticator. They open on any computer, with their own password alone."
      actions={
        status === undefined ? undefined : status.plan === null ? (
          <Button variant="primary" onPress={() => setShown('plan')}>
            Set up backups
          </Button>
        ) : (
          <Button onPress={() => setShown('plan')}>Change</Button>
        )
      }
    >
      {error === null ? null : <ErrorNote error={error} />}
      {status === undefined || status.plan === null ? null : (
        <Plan status={status} plan={status.plan} onTest={() => setShown('test')} />
      )}
      {shown === 'plan' && status !== undefined ? (
        <BackupPlanDialog status={status} host={host} onClose={close} />
      ) : null}
      {shown === 'test' ? <TestRestoreDialog onClose={close} /> : null}
    </Card>
  );
}

interface PlanProps {
  readonly status: BackupStatus;
  readonly plan: NonNullable<BackupStatus['plan']>;
  readonly onTest: () => void;
}

function Plan({ status, plan, onTest }: PlanProps): ReactNode {
  const { last, lastFailure, lastTest, isBehind } = status;
  const make = useAction('backup:now');
  const makeNow = (): void =>
    make.mutate(
      {},
      {
        onSuccess: ({ last: made }) =>
          showToast({
            message: `Backed up ${counted(made?.accounts ?? 0, 'account')}.`,
            tone: 'right',
          }),
      },
    );
  return (
    <div className="stack loose">
      <dl className="settings-facts">
        <dt>Folder</dt>
        <dd className="mono wrap-anywhere settings-folder">{plan.folder}</dd>
        <dt>Made</dt>
        <dd>
          {plan.automatic ? 'By themselves, after changes' : 'Only when you ask for it'}, the newest{' '}
          {plan.generations === 1 ? 'one' : plan.generations} kept
        </dd>
        <dt>Last backup</dt>
        <dd title={last === null ? undefined : `${exactTime(last.atMs)}, ${last.path}`}>
          {last === null ? 'None yet' : `${whenWords(last.atMs)}, ${counted(last.accounts, 'account')}`}
          {isBehind && last !== null ? ', changed since' : null}
        </dd>
        <dt>Last test</dt>
        <dd title={lastTest === null ? undefined : `${exactTime(lastTest.atMs)}, ${lastTest.path}`}>
          {lastTest === null
            ? 'Not tested yet'
            : `${whenWords(lastTest.atMs)}, ${counted(lastTest.accounts, 'account')} found`}
        </dd>
      </dl>
      {lastFailure === null ? null : (
        <Note tone="wrong">
          The backup {whenWords(lastFailure.atMs)} failed. {lastFailure.message}
        </Note>
      )}
      {/* A failed backup stands above already; only what says nothing of backups is new. */}
      {make.error === null || lastFailure !== null ? null : <ErrorNote error={make.error} />}
      <div className="cluster">
        <Button icon="download" isPending={make.isPending} onPress={makeNow}>
          Back up now
        </Button>
        <Button onPress={onTest}>Test restore</Button>
      </div>
    </div>
  );
}
