// The clock's room: how far this computer's clock is from real time, how sure that is, and who said so.
import type { ReactNode } from 'react';
import type { ClockSourceResult, ClockStatus } from '../../../src-shared/contract/index.ts';
import { routeHref } from '../../app/route.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toneIcons } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import './clock.css';
import { clockWords, directionWord, spanWords } from './clock-words.ts';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export function ClockRoom(): ReactNode {
  const status = useCall('clock:status', {});
  const check = useAction('clock:check');
  const isChecking = check.isPending || status.data?.checking === true;
  return (
    <Page
      title="Clock"
      actions={
        <Button variant="primary" icon="refresh" isPending={isChecking} onPress={() => check.mutate({})}>
          Check now
        </Button>
      }
    >
      {check.error === null ? null : <ErrorNote error={check.error} onRetry={() => check.mutate({})} />}
      {status.error === null ? null : (
        <ErrorNote error={status.error} onRetry={() => void status.refetch()} />
      )}
      {status.data === undefined ? (
        status.isPending ? (
          <Skeleton rows={2} height={90} />
        ) : null
      ) : (
        <>
          <Verdict status={status.data} />
          <Sources sources={status.data.sources} />
        </>
      )}
    </Page>
  );
}

function Verdict({ status }: { readonly status: ClockStatus }): ReactNode {
  const { tone, title, meaning } = clockWords(status);
  return (
    <Card>
      <div className="clock-verdict">
        <span className={`clock-face ${tone}`}>
          <Icon name={tone === 'neutral' ? 'clock' : toneIcons[tone]} size={26} />
        </span>
        <div className="clock-words">
          <h2>{title}</h2>
          <p className="muted">{meaning}</p>
          {status.kind === 'not-checked' && !status.checking ? (
            <p className="clock-reason wrap-anywhere">{status.reason}</p>
          ) : null}
        </div>
      </div>
      {status.kind === 'checked' ? (
        <dl className="clock-figures">
          <Figure name="This clock is" value={offsetWords(status.offsetMs)} />
          <Figure name="Sure to within" value={`± ${spanWords(status.uncertaintyMs)}`} />
          <Figure name="According to" value={status.source} />
          <Figure name="Checked" value={moment.format(status.checkedAtMs)} />
        </dl>
      ) : null}
    </Card>
  );
}

const Figure = ({ name, value }: { readonly name: string; readonly value: string }): ReactNode => (
  <div className="clock-figure">
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const offsetWords = (offsetMs: number): string =>
  Math.abs(offsetMs) < 0.5 ? 'exact' : `${spanWords(offsetMs)} ${directionWord(offsetMs)}`;

const muted = <span className="muted">–</span>;

const columns: readonly Column<ClockSourceResult>[] = [
  {
    id: 'source',
    header: 'Asked',
    width: 'minmax(180px, 1.6fr)',
    render: ({ source, kind }) => (
      <>
        <div className="table-title">{source}</div>
        <div className="table-subtitle">
          {kind === 'ntp' ? 'Time server (NTP)' : 'Web server (HTTPS date)'}
        </div>
      </>
    ),
  },
  {
    id: 'state',
    header: 'Answer',
    width: 'minmax(130px, 1.4fr)',
    render: ({ outcome }) =>
      outcome.kind === 'answered' ? (
        <Badge tone="right" withShape>
          Answered
        </Badge>
      ) : (
        <>
          <Badge tone="attention" withShape>
            Failed
          </Badge>
          <div className="table-subtitle clock-why">{outcome.reason}</div>
        </>
      ),
  },
  {
    id: 'offset',
    header: 'This clock is',
    width: 'minmax(110px, 1fr)',
    render: ({ outcome }) =>
      outcome.kind === 'answered'
        ? `${spanWords(outcome.offsetMs)} ${directionWord(outcome.offsetMs)}`
        : muted,
  },
  {
    id: 'uncertainty',
    header: 'Sure to within',
    width: '120px',
    isExtra: true,
    render: ({ outcome }) => (outcome.kind === 'answered' ? `± ${spanWords(outcome.uncertaintyMs)}` : muted),
  },
  {
    id: 'delay',
    header: 'Way and back',
    width: '110px',
    render: ({ outcome }) => (outcome.kind === 'answered' ? spanWords(outcome.delayMs) : muted),
  },
];

function Sources({ sources }: { readonly sources: readonly ClockSourceResult[] }): ReactNode {
  return (
    <Card
      flush
      title="Who was asked"
      description={
        <>
          All are asked at once; the answer with the shortest way counts. Change the list in the{' '}
          <a href={routeHref('settings')}>settings</a>.
        </>
      }
    >
      {sources.length === 0 ? (
        <p className="clock-nobody muted">Nobody yet.</p>
      ) : (
        <DataTable
          label="Time sources"
          columns={columns}
          rows={sources}
          rowId={({ kind, source }) => `${kind} ${source}`}
        />
      )}
    </Card>
  );
}
