// One action on many users: what it ends, the own code, and afterwards what was and what wasn't done.
import { type ReactNode, useState } from 'react';
import type { BulkAction, Output, Unit, UserQuery } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { copyText } from '../console/copy-text.ts';
import { counted } from '../console/time-words.ts';
import { bulkWords, doneWords } from './bulk-actions.ts';
import { bulkInput, countOf, endsOf, type Selection } from './selection.ts';
import { UnitSelect } from './unit-select.tsx';

export interface BulkDialogProps {
  readonly action: BulkAction;
  readonly selection: Selection;
  readonly query: UserQuery;
  readonly units: readonly Unit[];
  readonly isCodeAsked: boolean;
  /** It was done, wholly or in part. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkDialog(props: BulkDialogProps): ReactNode {
  const { action, selection, query, units, isCodeAsked, onDone, onClose } = props;
  const [unitId, setUnitId] = useState<string | null>(null);
  const [summary, setSummary] = useState<Output<'administration:bulk'> | null>(null);
  // What was chosen when the dialog opened: it is over with the selection, which is given up afterwards.
  const [chosen] = useState(selection);
  const words = bulkWords[action];
  const who = counted(countOf(chosen), 'user');
  if (summary !== null) return <BulkSummary action={action} summary={summary} onClose={onClose} />;
  return (
    <CodedDialog
      title={words.title(who)}
      method="administration:bulk"
      inputOf={(code) => bulkInput(chosen, query, action, unitId, code)}
      confirmLabel={words.confirm}
      isDanger={words.isDanger === true || words.ends}
      isCodeAlwaysAsked={isCodeAsked}
      onDone={(done) => {
        setSummary(done);
        onDone();
      }}
      onClose={onClose}
    >
      {action === 'set-unit' ? (
        <UnitSelect label="Unit" noneLabel="No unit" units={units} value={unitId} onChange={setUnitId} />
      ) : null}
      <p>{words.effect}</p>
      <p className="muted">
        {endsWords(action, chosen)} It is done for each user alone, with a record in the audit. You see for
        whom it could not be done.
      </p>
      {chosen.kind === 'matching' ? (
        <Note tone="attention">All that match are meant, those too that are not in sight.</Note>
      ) : null}
    </CodedDialog>
  );
}

/** What ends, as far as it is known. */
function endsWords(action: BulkAction, selection: Selection): string {
  const ends = endsOf(selection);
  const isSessions = action === 'end-sessions' || bulkWords[action].ends;
  const isTrust = action === 'reset-trusted-browsers' || bulkWords[action].ends;
  if (!isSessions && !isTrust) return '';
  if (ends === null) {
    const what = [...(isSessions ? ['sessions'] : []), ...(isTrust ? ['trusted browsers'] : [])];
    return `Ends all their ${what.join(' and ')}.`;
  }
  const what = [
    ...(isSessions ? [counted(ends.sessions, 'session')] : []),
    ...(isTrust ? [counted(ends.trustedBrowsers, 'trusted browser')] : []),
  ];
  return `Ends ${what.join(' and ')}.`;
}

interface BulkSummaryProps {
  readonly action: BulkAction;
  readonly summary: Output<'administration:bulk'>;
  readonly onClose: () => void;
}

function BulkSummary({ action, summary: { done, notDone }, onClose }: BulkSummaryProps): ReactNode {
  const asText = notDone.map(({ userName, reason }) => `${userName}: ${reason}`).join('\n');
  return (
    <Dialog
      title={bulkWords[action].label}
      isOpen
      onClose={onClose}
      actions={
        <>
          {notDone.length === 0 ? null : (
            <Button icon="copy" onPress={() => void copyText(asText, 'Names')}>
              Copy names
            </Button>
          )}
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="stack">
        <Note tone={done === 0 ? 'attention' : 'right'}>{doneWords(done, bulkWords[action])}</Note>
        {notDone.length === 0 ? null : (
          <>
            <p>{counted(notDone.length, 'user')} left as before, with the reason:</p>
            <VirtualList
              label="Not done"
              rows={notDone}
              rowId={({ userName }, index) => `${index} ${userName}`}
              rowHeight={58}
              isFocusable
              render={({ userName, reason }) => (
                <div className="bulk-reason">
                  <div className="table-title wrap-anywhere">{userName}</div>
                  <div className="muted small wrap-anywhere">{reason}</div>
                </div>
              )}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}
