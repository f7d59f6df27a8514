// The clock's room: how far this computer's clock is off, what that means for codes, how it drifted, and who said so.
import type { ReactNode } from 'react';
import type { ClockStatus, Settings } from '../../../src-shared/contract/index.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toneIcons } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { exactTime } from '../console/time-words.ts';
import { CheckedTime } from './checked-time.tsx';
import './clock.css';
import { clockWords, spanWords } from './clock-words.ts';
import { codeMarginWords } from './code-margin-words.ts';
import { DriftCard } from './drift-card.tsx';
import { aheadWords } from './drift-words.ts';
import { SourcesCard } from './sources-card.tsx';
import { TimeSources } from './time-sources.tsx';

export function ClockRoom({ settings }: { readonly settings: Settings }): ReactNode {
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
          <Verdict status={status.data} correctsClock={settings.correctsClock} />
          <DriftCard />
          <SourcesCard sources={status.data.sources} />
        </>
      )}
      <CheckedTime settings={settings} />
      <TimeSources key={JSON.stringify([settings.timeServers, settings.timeFallbacks])} settings={settings} />
    </Page>
  );
}

interface VerdictProps {
  readonly status: ClockStatus;
  readonly correctsClock: boolean;
}

function Verdict({ status, correctsClock }: VerdictProps): ReactNode {
  const { tone, title, advice } = clockWords(status);
  const codes = status.kind === 'checked' ? codeMarginWords(status, correctsClock) : null;
  return (
    <Card>
      <div className="clock-verdict">
        <span className={`clock-face ${tone}`}>
          <Icon name={tone === 'neutral' ? 'clock' : toneIcons[tone]} size={26} />
        </span>
        <div className="clock-words">
          <h2>{title}</h2>
          {codes === null ? null : (
            <>
              <p className="clock-claim">{codes.claim}</p>
              <p className="muted">{codes.reason}</p>
            </>
          )}
          {advice === null ? null : <p className={codes === null ? 'muted' : undefined}>{advice}</p>}
          {status.kind === 'not-checked' && !status.checking ? (
            <p className="wrap-anywhere">{status.reason}</p>
          ) : null}
        </div>
      </div>
      {status.kind === 'checked' ? (
        <dl className="clock-figures">
          <Figure name="This clock is" value={aheadWords(-status.offsetMs)} />
          <Figure name="Sure to within" value={`± ${spanWords(status.uncertaintyMs)}`} />
          <Figure name="According to" value={status.source} />
          <Figure name="Checked" value={exactTime(status.checkedAtMs)} />
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
