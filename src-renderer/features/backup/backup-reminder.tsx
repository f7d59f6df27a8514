// While there are accounts and no backup: a reminder in the authenticator, which can be put off for a week.
import { type ReactNode, useState } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { showToast } from '../../ui/toast.tsx';
import './backup.css';
import { BackupPlanDialog } from './backup-plan-dialog.tsx';

/** Shows nothing while nothing is to be said. */
export function BackupReminder(): ReactNode {
  const { data: app } = useCall('app:status', {});
  const { data: status } = useCall('backup:status', {});
  const [isSettingUp, setSettingUp] = useState(false);
  const later = useAction('backup:remindLater');
  if (app === undefined || status === undefined) return null;
  const host: AppStatus['host'] = app.host;
  return (
    <>
      {status.isReminderDue ? (
        <div className="backup-reminder">
          <Note
            actions={
              <span className="cluster">
                <Button
                  size="small"
                  variant="quiet"
                  isPending={later.isPending}
                  onPress={() =>
                    later.mutate(
                      {},
                      { onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }) },
                    )
                  }
                >
                  Remind me in a week
                </Button>
                <Button size="small" onPress={() => setSettingUp(true)}>
                  Set up backups
                </Button>
              </span>
            }
          >
            There is no backup of your accounts. If this computer is lost, so are they.
          </Note>
        </div>
      ) : null}
      {isSettingUp ? (
        <BackupPlanDialog status={status} host={host} onClose={() => setSettingUp(false)} />
      ) : null}
    </>
  );
}
