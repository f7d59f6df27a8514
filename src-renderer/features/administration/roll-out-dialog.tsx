// The roll-out in full: the curve, the deadline, and who is missing.
import { type ReactNode, useState } from 'react';
import { useCall } from '../../bridge/queries.tsx';
import { nowMs } from '../../bridge/window-clock.ts';
import { momentOnWall, wallTime } from '../../bridge/window-zone.ts';
import { Button } from '../../ui/button.tsx';
import { ClosingDialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { counted, exactTime } from '../console/time-words.ts';
import './administration.css';
import { DateTimeField, dateTimeText, momentOf } from './date-time-field.tsx';
import { MissingList } from './missing-list.tsx';
import { RollOutChart } from './roll-out-chart.tsx';

const EVENING_HOUR = 18;

/** In a week, in the evening: a proposal that is easy to change. */
function proposedDeadline(): number {
  const today = wallTime(nowMs());
  return momentOnWall({ ...today, day: today.day + 7, hour: EVENING_HOUR, minute: 0 });
}

export interface RollOutDialogProps {
  /** The administrator has a factor, so that a code is asked. */
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

export function RollOutDialog({ isCodeAsked, onClose }: RollOutDialogProps): ReactNode {
  const { data, error, refetch } = useCall('administration:rollOut', {});
  const [asked, setAsked] = useState<'set' | 'take-back' | null>(null);
  if (asked !== null) {
    return (
      <DeadlineDialog
        presentMs={data?.deadlineMs ?? null}
        isTakenBack={asked === 'take-back'}
        isCodeAsked={isCodeAsked}
        onClose={() => setAsked(null)}
      />
    );
  }
  return (
    <ClosingDialog title="Roll-out of two-factor authentication" size="large" onClose={onClose}>
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={5} height={44} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="stack">
          <p>
            {counted(data.setUp, 'person has', 'people have')} set it up, of{' '}
            {data.people.toLocaleString('en-GB')}
            {data.pending === 0 ? '.' : `; ${counted(data.pending, 'person has', 'people have')} begun.`}
          </p>
          <RollOutChart curve={data.curve} deadlineMs={data.deadlineMs} />
          <Note
            tone={data.deadlineMs === null ? 'neutral' : 'attention'}
            actions={
              <>
                <Button size="small" onPress={() => setAsked('set')}>
                  {data.deadlineMs === null ? 'Set a deadline…' : 'Change…'}
                </Button>
                {data.deadlineMs === null ? null : (
                  <Button size="small" onPress={() => setAsked('take-back')}>
                    Take back…
                  </Button>
                )}
              </>
            }
          >
            {data.deadlineMs === null
              ? 'No deadline: everyone sets it up at the next sign-in, whenever that is.'
              : `Deadline: ${exactTime(data.deadlineMs)}. Sessions of people who have not set it up end then.`}
          </Note>
          <MissingList />
        </div>
      )}
    </ClosingDialog>
  );
}

interface DeadlineDialogProps {
  readonly presentMs: number | null;
  readonly isTakenBack: boolean;
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

function DeadlineDialog({ presentMs, isTakenBack, isCodeAsked, onClose }: DeadlineDialogProps): ReactNode {
  const [text, setText] = useState(() => dateTimeText(presentMs ?? proposedDeadline()));
  const deadlineMs = isTakenBack ? null : momentOf(text);
  return (
    <CodedDialog
      title={isTakenBack ? 'Take the deadline back' : 'Deadline of the roll-out'}
      method="administration:setDeadline"
      inputOf={(code) => ({ deadlineMs, code })}
      isCodeAlwaysAsked={isCodeAsked}
      confirmLabel={isTakenBack ? 'Take back' : 'Set deadline'}
      isConfirmDisabled={!isTakenBack && deadlineMs === null}
      onDone={() => {
        showToast({
          message: isTakenBack ? 'The deadline was taken back.' : 'The deadline is set.',
          tone: 'right',
        });
        onClose();
      }}
      onClose={onClose}
    >
      {isTakenBack ? (
        <p>Everyone sets it up at the next sign-in, whenever that is. Sessions go on until they end.</p>
      ) : (
        <>
          <DateTimeField
            label="Deadline"
            text={text}
            onChange={setText}
            error={deadlineMs === null ? 'Enter a date and a time.' : undefined}
            autoFocus
          />
          <p className="muted">
            Sessions of people who have not set up two-factor authentication end then; they set it up at the
            next sign-in. They see the deadline in their account. Service accounts are not concerned.
          </p>
        </>
      )}
    </CodedDialog>
  );
}
