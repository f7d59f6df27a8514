// The audit (S18): newest first, searched and filtered, taken along as a file, and checked for changes.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { AuditRecord, AuditVerdict } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Note } from '../../ui/note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { saveFile } from '../console/save-file.ts';
import { exactTime, whenWords } from '../console/time-words.ts';
import './administration.css';
import { AuditFilter, type AuditFilterValues, auditQuery, countFilters, noFilter } from './audit-filter.tsx';
import { useSettled } from './use-settled.ts';

const PAGE = 50;
const TYPING_PAUSE_MS = 180;

const newestFirst = (): number | null => null;

export function Audit(): ReactNode {
  const bridge = useBridge();
  const verify = useAction('administration:verifyAudit');
  const exporting = useAction('administration:exportAudit');
  const [values, setValues] = useState(noFilter);
  const [isFilterShown, setFilterShown] = useState(false);
  const change = (part: Partial<AuditFilterValues>): void => setValues({ ...values, ...part });
  const settled = useSettled(values, TYPING_PAUSE_MS);
  const query = auditQuery(settled);
  const list = useInfiniteQuery({
    queryKey: ['administration:audit', query],
    queryFn: ({ pageParam }) =>
      bridge.call('administration:audit', { ...query, beforeSequence: pageParam, limit: PAGE }),
    initialPageParam: newestFirst(),
    getNextPageParam: ({ records }) => (records.length < PAGE ? undefined : records.at(-1)?.sequence),
    placeholderData: keepPreviousData,
  });
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const { total, isTotalExact } = list.data?.pages[0] ?? {};
  const filters = countFilters(values);

  const save = (format: 'csv' | 'jsonl'): void =>
    exporting.mutate(
      { ...query, format },
      {
        onSuccess: (file) => {
          saveFile(file);
          showToast({ message: 'The audit was exported.', tone: 'right' });
        },
        onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }),
      },
    );

  return (
    <div className="stack">
      <div className="section-head">
        <h2>
          Audit{' '}
          {total === undefined ? null : (
            <span className="page-count" role="status">
              {total.toLocaleString('en-GB')}
              {isTotalExact === false ? '+' : ''}
            </span>
          )}
        </h2>
        <div className="page-actions">
          <SearchField
            label="Search the audit"
            value={values.search}
            onChange={(search) => change({ search })}
          />
          <Button aria-expanded={isFilterShown} onPress={() => setFilterShown(!isFilterShown)}>
            {filters === 0 ? 'Filter' : `Filter: ${filters}`}
          </Button>
          <Menu
            label="Export the audit"
            buttonText="Export"
            actions={[
              {
                id: 'csv',
                label: 'For reading (CSV)',
                icon: 'list',
                isDisabled: exporting.isPending,
                onAction: () => save('csv'),
              },
              {
                id: 'jsonl',
                label: 'For checking elsewhere (JSON lines)',
                icon: 'link',
                isDisabled: exporting.isPending,
                onAction: () => save('jsonl'),
              },
            ]}
          />
          <Button icon="shieldCheck" onPress={() => verify.mutate({})} isPending={verify.isPending}>
            Verify
          </Button>
        </div>
      </div>
      {isFilterShown ? (
        <AuditFilter values={values} onChange={change} events={list.data?.pages[0]?.events ?? []} />
      ) : null}
      {verify.error === null ? null : <ErrorNote error={verify.error} />}
      {verify.data?.kind === 'intact' ? <IntactNote verdict={verify.data} onDismiss={verify.reset} /> : null}
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
            actions={<Button onPress={() => setValues(noFilter)}>Show all records</Button>}
          >
            {filters === 0
              ? `No record holds “${query.search}”.`
              : 'No record matches all that the filter asks for.'}
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

interface IntactNoteProps {
  readonly verdict: Extract<AuditVerdict, { kind: 'intact' }>;
  readonly onDismiss: () => void;
}

/** A broken chain is told above all tabs, and stays there. */
function IntactNote({ verdict, onDismiss }: IntactNoteProps): ReactNode {
  const { records, firstSequence } = verdict;
  return (
    <Note tone="right" onDismiss={onDismiss}>
      Intact: all {records.toLocaleString('en-GB')} records follow one another, and none was changed.
      {firstSequence === 1
        ? ''
        : ` Those before no. ${firstSequence.toLocaleString('en-GB')} were removed by retention, as a record of it says.`}
    </Note>
  );
}
