// The drift over time: a range, the plot, what it says in a sentence, and the same as a table.
import { type ReactNode, useState } from 'react';
import type { ClockHistory } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Card } from '../../ui/card.tsx';
import { ChoiceChips } from '../../ui/choice-chips.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { exactTime } from '../console/time-words.ts';
import { spanWords } from './clock-words.ts';
import './drift.css';
import { type DriftMoment, type DriftRange, driftRanges, momentsOf } from './drift-layout.ts';
import { DriftPlot } from './drift-plot.tsx';
import { aheadWords, doubtWords, jumpWords, summaryWords } from './drift-words.ts';

export function DriftCard(): ReactNode {
  const history = useCall('clock:history', {});
  const [range, setRange] = useState<DriftRange>(driftRanges[0]);
  return (
    <Card
      title="Drift over time"
      description="How far this computer’s clock was from real time, at each check."
      actions={
        <ChoiceChips
          label="Range"
          choices={driftRanges}
          selected={range.id}
          onSelect={(id) => setRange(driftRanges.find((one) => one.id === id) ?? driftRanges[0])}
        />
      }
    >
      {history.error === null ? null : (
        <ErrorNote error={history.error} onRetry={() => void history.refetch()} />
      )}
      {history.data === undefined ? (
        history.isPending ? (
          <Skeleton rows={1} height={240} />
        ) : null
      ) : (
        <Drift history={history.data} range={range} />
      )}
    </Card>
  );
}

function Drift({
  history,
  range,
}: {
  readonly history: ClockHistory;
  readonly range: DriftRange;
}): ReactNode {
  const fromMs = history.nowMs - range.spanMs;
  const moments = momentsOf(history, fromMs, history.nowMs);
  const found = moments.filter(({ kind }) => kind === 'point').length;
  // One check is no drift, unless something happened to the clock beside it.
  const isEmpty = found === 0 || (found === 1 && !moments.some(({ kind }) => kind === 'event'));
  const summary = summaryWords(moments, range.words);
  const doubt = doubtWords(moments.flatMap((one) => (one.kind === 'event' ? [one.event.jump] : [])));
  return (
    <div className="stack">
      {history.unsaved === null ? null : (
        <Note tone="attention">The latest checks are not saved. {history.unsaved}</Note>
      )}
      {isEmpty ? (
        <NothingYet history={history} range={range} found={found} />
      ) : (
        <>
          <DriftPlot
            key={range.id}
            moments={moments}
            fromMs={fromMs}
            untilMs={history.nowMs}
            summary={summary}
          />
          <p className="muted">
            {summary} {doubt}
          </p>
        </>
      )}
      {moments.length === 0 ? null : <MomentTable moments={moments} />}
    </div>
  );
}

interface NothingYetProps {
  readonly history: ClockHistory;
  readonly range: DriftRange;
  /** Checks with an answer in the range. */
  readonly found: number;
}

function NothingYet({ history, range, found }: NothingYetProps): ReactNode {
  const known = history.checks.filter((check) => check.found !== null).length;
  const inRange = `in the last ${range.words}`;
  const nothing = history.checks.length === 0 ? 'No check so far' : `No check with an answer ${inRange}`;
  const one = known === 1 ? 'One check so far' : `One check ${inRange}`;
  return (
    <EmptyState icon="clock" title={found === 0 ? nothing : one}>
      {known === found
        ? 'The clock is checked every hour while Twofold runs. The drift shows from the second answer on.'
        : 'A longer range has more.'}
    </EmptyState>
  );
}

const none = <span className="muted">–</span>;

const columns: readonly Column<DriftMoment>[] = [
  {
    id: 'when',
    header: 'When',
    width: '190px',
    render: ({ atMs }) => <span className="tabular">{exactTime(atMs)}</span>,
  },
  {
    id: 'what',
    header: 'This clock was',
    width: 'minmax(160px, 2fr)',
    render: (moment) => {
      switch (moment.kind) {
        case 'point':
          return aheadWords(moment.aheadMs);
        case 'failed':
          return <span className="muted">not checked: no time source answered</span>;
        case 'event':
          return <strong>{jumpWords(moment.event.jump)}</strong>;
      }
    },
  },
  {
    id: 'uncertainty',
    header: 'Sure to within',
    width: '120px',
    render: (moment) => (moment.kind === 'point' ? `± ${spanWords(moment.uncertaintyMs)}` : none),
  },
  {
    id: 'source',
    header: 'According to',
    width: 'minmax(120px, 1fr)',
    isExtra: true,
    render: (moment) =>
      moment.kind === 'point' ? <span className="wrap-anywhere">{moment.source}</span> : none,
  },
];

function MomentTable({ moments }: { readonly moments: readonly DriftMoment[] }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const rows = moments.map((moment, index) => ({ moment, index })).reverse();
  return (
    <Disclosure title="Show as table" onOpenChange={setOpen}>
      {/* Measured when it is seen: a month has hundreds of rows. */}
      {isOpen ? (
        <DataTable
          label="Drift over time"
          columns={columns.map(({ render, ...column }) => ({
            ...column,
            render: ({ moment }: (typeof rows)[number]) => render(moment),
          }))}
          rows={rows}
          rowId={({ index }) => String(index)}
          rowHeight={rows.length > 100 ? 56 : 40}
        />
      ) : null}
    </Disclosure>
  );
}
