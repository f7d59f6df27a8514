// Who was asked for the time, what each said, and how each did lately.
import type { ReactNode } from 'react';
import type { ClockSourceResult, SourceHealth } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { directionWord, spanWords } from './clock-words.ts';
import { healthWords } from './health-words.ts';

interface Row extends ClockSourceResult {
  /** Undefined where it was never asked before. */
  readonly health: SourceHealth | undefined;
}

const none = <span className="muted">–</span>;

const columns: readonly Column<Row>[] = [
  {
    id: 'source',
    header: 'Asked',
    width: 'minmax(140px, 1.5fr)',
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
    header: 'Health',
    width: 'minmax(160px, 1.6fr)',
    render: ({ outcome, health }) => (
      <>
        {outcome.kind === 'failed' ? (
          <Badge tone="attention" withShape>
            Failed
          </Badge>
        ) : health?.recent.at(-1) === 'disagreed' ? (
          <Badge tone="wrong" withShape>
            Contradicts
          </Badge>
        ) : (
          <Badge tone="right" withShape>
            Answered
          </Badge>
        )}
        {outcome.kind === 'failed' ? <div className="table-subtitle clock-why">{outcome.reason}</div> : null}
        {health === undefined ? null : <div className="table-subtitle">{healthWords(health.recent)}</div>}
      </>
    ),
  },
  {
    id: 'offset',
    header: 'This clock is',
    width: 'minmax(96px, 1fr)',
    render: ({ outcome }) =>
      outcome.kind === 'answered'
        ? `${spanWords(outcome.offsetMs)} ${directionWord(outcome.offsetMs)}`
        : none,
  },
  {
    id: 'uncertainty',
    header: 'Sure to within',
    width: '120px',
    isExtra: true,
    render: ({ outcome }) => (outcome.kind === 'answered' ? `± ${spanWords(outcome.uncertaintyMs)}` : none),
  },
  {
    id: 'delay',
    header: 'Way and back',
    width: '96px',
    render: ({ outcome }) => (outcome.kind === 'answered' ? spanWords(outcome.delayMs) : none),
  },
];

export function SourcesCard({ sources }: { readonly sources: readonly ClockSourceResult[] }): ReactNode {
  const history = useCall('clock:history', {}).data;
  const rows = sources.map((result): Row => ({
    ...result,
    health: history?.sources.find(({ source, kind }) => source === result.source && kind === result.kind),
  }));
  return (
    <Card
      flush
      title="Who was asked"
      description="All are asked at once. Of those that agree, the one with the shortest way counts."
    >
      {rows.length === 0 ? (
        <p className="clock-nobody muted">Nobody yet.</p>
      ) : (
        <DataTable
          label="Time sources"
          columns={columns}
          rows={rows}
          rowId={({ kind, source }) => `${kind} ${source}`}
        />
      )}
    </Card>
  );
}
