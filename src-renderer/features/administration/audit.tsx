// The audit (S18): newest first, searchable, and a check that no record was changed.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { AuditRecord, Output } from '../../../src-shared/contract/index.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { exactTime, whenWords } from '../console/time-words.ts';
import './administration.css';

const PAGE = 50;
const TYPING_PAUSE_MS = 180;

const newestFirst = (): number | null => null;

export function Audit(): ReactNode {
  const bridge = useBridge();
  const verify = useAction('administration:verifyAudit');
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const list = useInfiniteQuery({
    queryKey: ['administration:audit', search],
    queryFn: ({ pageParam }) =>
      bridge.call('administration:audit', { search, beforeSequence: pageParam, limit: PAGE }),
    initialPageParam: newestFirst(),
    getNextPageParam: ({ records }) => (records.length < PAGE ? undefined : records.at(-1)?.sequence),
  });
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const total = list.data?.pages[0]?.total;

  return (
    <div className="stack">
      <div className="section-head">
        <h2>
          Audit{' '}
          {total === undefined ? null : <span className="page-count">{total.toLocaleString('en-GB')}</span>}
        </h2>
        <div className="page-actions">
          <SearchField label="Search the audit" value={typed} onChange={setTyped} />
          <Button icon="shieldCheck" onPress={() => verify.mutate({})} isPending={verify.isPending}>
            Verify
          </Button>
        </div>
      </div>
      {verify.error === null ? null : <ErrorNote error={verify.error} />}
      {verify.data === undefined ? null : <VerdictNote verdict={verify.data} onDismiss={verify.reset} />}
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined ? (
        list.error === null ? (
          <Skeleton rows={8} />
        ) : null
      ) : records.length === 0 ? (
        <Card>
          <EmptyState
            icon="list"
            title="No record found"
            actions={<Button onPress={() => setTyped('')}>Clear search</Button>}
          >
            No record holds “{search}”.
          </EmptyState>
        </Card>
      ) : (
        <Card flush>
          <DataTable
            label="Audit"
            columns={columns}
            rows={records}
            rowId={(record) => String(record.sequence)}
            rowHeight={60}
            {...(total === undefined ? {} : { total })}
          />
        </Card>
      )}
      {list.hasNextPage ? (
        <div className="centred">
          <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
            Show older records
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const columns: readonly Column<AuditRecord>[] = [
  {
    id: 'when',
    header: 'When',
    width: '132px',
    render: (record) => (
      <>
        <div className="tabular" title={exactTime(record.atMs)}>
          {whenWords(record.atMs)}
        </div>
        <div className="table-subtitle tabular">no. {record.sequence}</div>
      </>
    ),
  },
  {
    id: 'what',
    header: 'What happened',
    width: 'minmax(200px, 3fr)',
    render: (record) => (
      <div className="audit-what">
        <span className={`audit-mark ${record.outcome}`}>
          <Icon name={record.outcome === 'success' ? 'check' : 'wrong'} size={16} />
          <span className="visually-hidden">{record.outcome === 'success' ? 'Success:' : 'Failure:'}</span>
        </span>
        <span className="audit-summary" title={record.summary}>
          {record.summary}
        </span>
      </div>
    ),
  },
  {
    id: 'about',
    header: 'About',
    width: 'minmax(96px, 1fr)',
    render: (record) => record.subject ?? <span className="muted">–</span>,
  },
  {
    id: 'by',
    header: 'By',
    width: 'minmax(96px, 1fr)',
    isExtra: true,
    render: (record) => record.actor ?? <span className="muted">–</span>,
  },
  {
    id: 'browser',
    header: 'Browser',
    width: 'minmax(110px, 1.2fr)',
    isExtra: true,
    render: (record) => <span className="muted">{record.browser ?? '–'}</span>,
  },
];

interface VerdictNoteProps {
  readonly verdict: Output<'administration:verifyAudit'>;
  readonly onDismiss: () => void;
}

function VerdictNote({ verdict, onDismiss }: VerdictNoteProps): ReactNode {
  if (verdict.kind === 'intact') {
    return (
      <Note tone="right" onDismiss={onDismiss}>
        Intact: all {verdict.records.toLocaleString('en-GB')} records follow one another, and none was
        changed.
      </Note>
    );
  }
  return (
    <Note tone="wrong" onDismiss={onDismiss}>
      Broken from record {verdict.firstBrokenSequence.toLocaleString('en-GB')} on: {verdict.reason} Everything
      before it is intact.
    </Note>
  );
}
