// Break-glass codes of the organization: made on purpose, sealed, and taken away again.
import { type ReactNode, useState } from 'react';
import { hasCode } from '../../bridge/failure.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { OfflineCodesDialog } from '../console/offline-codes-dialog.tsx';
import { counted, dateWords, exactTime, spanWords, whenWords } from '../console/time-words.ts';

interface Made {
  readonly codes: readonly string[];
  readonly delayMs: number;
}

/** For administrators of the whole organization; nothing for those of a unit. */
export function BreakGlassCard({ organization }: { readonly organization: string }): ReactNode {
  const { data: status, error, refetch } = useCall('administration:breakGlass', {});
  const [asked, setAsked] = useState<'make' | 'remove' | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  if (hasCode(error, 'not-permitted')) return null;
  const sealed = status?.sealed ?? null;
  const pending = status?.pending ?? null;
  const close = (): void => setAsked(null);
  return (
    <Card
      title="Break-glass codes"
      description="For the day when no administrator has a device any more. Their use takes effect after a delay, is told to every administrator, and can be cancelled meanwhile."
      actions={
        sealed === null ? null : (
          <Badge tone={pending === null ? 'right' : 'wrong'} withShape>
            {pending === null ? 'Sealed' : 'In use'}
          </Badge>
        )
      }
    >
      {status === undefined ? (
        error === null ? (
          <Skeleton rows={1} height={60} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <div className="stack">
          {sealed === null ? (
            <p className="muted">
              None were made. Make them while somebody can, print them, and put them into a sealed envelope.
            </p>
          ) : (
            <dl className="facts">
              <dt>Made</dt>
              <dd>
                {dateWords(sealed.createdAtMs)} by {sealed.createdBy}
              </dd>
              <dt>Left</dt>
              <dd>{counted(sealed.codesLeft, 'code')}</dd>
              <dt>Delay</dt>
              <dd>{spanWords(sealed.delayMs)}, as the policy was when they were made</dd>
            </dl>
          )}
          {pending === null ? null : (
            <Note tone="wrong">
              {pending.userName} used one {whenWords(pending.startedAtMs)} in {pending.browser}. It takes
              effect on {exactTime(pending.effectiveAtMs)}.
            </Note>
          )}
          <div className="cluster">
            <Button onPress={() => setAsked('make')}>
              {sealed === null ? 'Make break-glass codes' : 'Make new codes'}
            </Button>
            {sealed === null ? null : <Button onPress={() => setAsked('remove')}>Take them away</Button>}
          </div>
        </div>
      )}
      {asked === 'make' ? (
        <CodedDialog
          title="Make break-glass codes"
          method="administration:makeBreakGlass"
          inputOf={(code) => ({ code })}
          confirmLabel="Make codes"
          onDone={({ codes, status: { sealed: after } }) => {
            close();
            setMade({ codes, delayMs: after?.delayMs ?? 0 });
          }}
          onClose={close}
        >
          <p>
            You get five codes to print, shown this once.
            {sealed === null
              ? ''
              : ' The earlier ones are worth nothing from then on, and a use that waits ends.'}
          </p>
        </CodedDialog>
      ) : null}
      {asked === 'remove' ? (
        <CodedDialog
          title="Take the break-glass codes away"
          method="administration:removeBreakGlass"
          inputOf={(code) => ({ code })}
          confirmLabel="Take away"
          isDanger
          onDone={() => {
            close();
            showToast({ message: 'The break-glass codes are worth nothing any more.', tone: 'right' });
          }}
          onClose={close}
        >
          <p>
            None of them can be used any more, and a use that waits ends. If every administrator loses the
            device, nobody can help then.
          </p>
        </CodedDialog>
      ) : null}
      {made === null ? null : (
        <OfflineCodesDialog
          title="Break-glass codes"
          owner={organization}
          codes={made.codes}
          words={`For an administrator of the organization without a device: sign in with the password, choose “I can’t use my device”, and use one of these codes. It takes effect ${spanWords(made.delayMs)} later, when the same code is entered again. Every administrator is told. Keep them in a sealed envelope.`}
          fileName="break-glass-codes.txt"
          onClose={() => setMade(null)}
        />
      )}
    </Card>
  );
}
