// What a sign-in of a user would meet at a moment and from a browser, and why.
import { type ReactNode, useState } from 'react';
import type { Supposed, UserRow } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { nowMs } from '../../bridge/window-clock.ts';
import { momentOnWall, wallTime } from '../../bridge/window-zone.ts';
import { ClosingDialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { whenWords } from '../console/time-words.ts';
import './administration.css';
import { DateTimeField, dateTimeText, momentOf } from './date-time-field.tsx';

const MINUTE_MS = 60_000;
const MORNING_HOUR = 9;

type When = 'now' | 'tomorrow' | 'after-deadline' | 'moment';

const browsers = [
  { value: 'unknown', label: 'A browser that is not trusted' },
  { value: 'trusted', label: 'A trusted browser' },
] as const;

function tomorrowMorning(): number {
  const today = wallTime(nowMs());
  return momentOnWall({ ...today, day: today.day + 1, hour: MORNING_HOUR, minute: 0 });
}

export interface ExplainDialogProps {
  readonly user: UserRow;
  readonly onClose: () => void;
}

export function ExplainDialog({ user, onClose }: ExplainDialogProps): ReactNode {
  const [when, setWhen] = useState<When>('now');
  const [text, setText] = useState(() => dateTimeText(nowMs()));
  const [browser, setBrowser] = useState<Supposed['browser']>('unknown');
  // Not for administrators of a unit: they are not offered the deadline.
  const deadlineMs = useCall('administration:rollOut', {}).data?.deadlineMs ?? null;

  const typedMs = momentOf(text);
  const moments: Readonly<Record<When, number | null>> = {
    now: null,
    tomorrow: tomorrowMorning(),
    'after-deadline': deadlineMs === null ? null : deadlineMs + MINUTE_MS,
    moment: typedMs,
  };
  const atMs = moments[when];
  const isReady = when !== 'moment' || typedMs !== null;
  const { data, error, refetch } = useCall(
    'administration:explain',
    { userId: user.id, atMs, browser },
    { enabled: isReady, keepPrevious: true },
  );
  return (
    <ClosingDialog title={`If ${user.displayName} signed in`} onClose={onClose}>
      <div className="stack">
        <div className="explain-supposed">
          <Select
            label="When"
            options={[
              { value: 'now', label: 'Now' },
              { value: 'tomorrow', label: `Tomorrow at ${MORNING_HOUR}:00` },
              ...(deadlineMs === null
                ? []
                : [
                    {
                      value: 'after-deadline' as const,
                      label: `After the deadline, ${whenWords(deadlineMs)}`,
                    },
                  ]),
              { value: 'moment', label: 'At another moment' },
            ]}
            value={when}
            onChange={setWhen}
          />
          <Select label="From" options={browsers} value={browser} onChange={setBrowser} />
        </div>
        {when === 'moment' ? (
          <DateTimeField
            label="Moment"
            text={text}
            onChange={setText}
            error={typedMs === null ? 'Enter a date and a time.' : undefined}
          />
        ) : null}
        {error !== null ? (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Skeleton rows={3} height={32} />
        ) : (
          <>
            <div className="explain-answer" role="status">
              <p className="explain-next">{data.next}</p>
              <ol className="explain-because" aria-label="Because">
                {data.because.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ol>
            </div>
            <h3 className="field-label">What is true then, if nothing changes</h3>
            <ul className="explain-facts" aria-label="Facts">
              {data.facts.map((fact) => (
                <li key={fact}>{fact}</li>
              ))}
            </ul>
            <p className="muted small">
              With the right user name and password. Decided by the same rules as a real sign-in.
            </p>
          </>
        )}
      </div>
    </ClosingDialog>
  );
}
