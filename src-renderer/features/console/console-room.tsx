// The console's room: the screen follows from this browser's step alone.
import { type ReactNode, useEffect, useRef } from 'react';
import type { ConsoleStep } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { ChangePassword } from './change-password.tsx';
import { CodeScreen } from './code-screen.tsx';
import { ConsoleFrame } from './console-frame.tsx';
import { KeepSecret } from './keep-secret.tsx';
import { NoOrganization } from './no-organization.tsx';
import { SamplePeople } from './sample-people.tsx';
import { Reset, SetUp } from './set-up.tsx';
import { SignIn } from './sign-in.tsx';
import { SignedIn } from './signed-in.tsx';
import { type FarewellOf, useFarewell } from './use-farewell.ts';
import { type SampleOf, useSample } from './use-sample.ts';

export function ConsoleRoom(): ReactNode {
  const { data: step, error, refetch } = useCall('console:step', {});
  const farewell = useFarewell();
  const sample = useSample();
  const room = useFocusOnHeading(sample.sample === null ? step?.kind : 'sample');

  let screen: ReactNode;
  if (step === undefined) {
    screen = (
      <ConsoleFrame organization={null} who="not asked yet">
        {error === null ? (
          <Skeleton rows={2} height={90} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )}
      </ConsoleFrame>
    );
  } else screen = <Screen step={step} farewell={farewell} sample={sample} />;
  return (
    <div className="console-room" ref={room}>
      {screen}
    </div>
  );
}

interface ScreenProps {
  readonly step: ConsoleStep;
  readonly farewell: FarewellOf;
  readonly sample: SampleOf;
}

function Screen({ step, farewell, sample }: ScreenProps): ReactNode {
  if (sample.sample !== null) {
    return (
      <ConsoleFrame organization={sample.sample.organization} who="signed in as nobody yet">
        <SamplePeople sample={sample.sample} onContinue={sample.forget} />
      </ConsoleFrame>
    );
  }
  if (step.kind === 'no-organization') {
    return (
      <ConsoleFrame organization={null} who="nobody is here yet">
        <NoOrganization
          onSample={sample.create}
          isSamplePending={sample.isPending}
          sampleError={sample.error}
        />
      </ConsoleFrame>
    );
  }
  const { organization } = step;
  if (step.kind === 'signed-out') {
    return (
      <ConsoleFrame organization={organization} who="signed in as nobody yet">
        <SignIn organization={organization} farewell={farewell.farewell} onAnswered={farewell.clear} />
      </ConsoleFrame>
    );
  }
  const signingIn = `signing in as ${step.person.userName}`;
  const signedIn = `signed in as ${step.person.userName}`;
  switch (step.kind) {
    case 'change-password':
      return (
        <ConsoleFrame organization={organization} who={signingIn}>
          <ChangePassword step={step} onRefused={farewell.noteRefusal} />
        </ConsoleFrame>
      );
    case 'set-up':
      return (
        <ConsoleFrame organization={organization} who={signingIn}>
          <SetUp step={step} onRefused={farewell.noteRefusal} />
        </ConsoleFrame>
      );
    case 'code':
      return (
        <ConsoleFrame organization={organization} who={signingIn}>
          <CodeScreen step={step} onRefused={farewell.noteRefusal} />
        </ConsoleFrame>
      );
    case 'keep-secret':
      return (
        <ConsoleFrame organization={organization} who={signedIn}>
          <KeepSecret step={step} />
        </ConsoleFrame>
      );
    case 'signed-in':
      if (step.pendingReset === null) return <SignedIn step={step} />;
      return (
        <ConsoleFrame organization={organization} who={signedIn}>
          <Reset pending={step.pendingReset} onRefused={farewell.noteRefusal} />
        </ConsoleFrame>
      );
  }
}

/** Moves the focus to the heading of a new screen when nothing in it has taken it, so that reading goes on there. */
function useFocusOnHeading(screen: string | undefined): React.RefObject<HTMLDivElement | null> {
  const room = useRef<HTMLDivElement>(null);
  const before = useRef(screen);
  useEffect(() => {
    const last = before.current;
    before.current = screen;
    if (last === undefined || last === screen) return;
    const active = document.activeElement;
    if (active !== null && active !== document.body && active.isConnected) return;
    const heading = room.current?.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  }, [screen]);
  return room;
}
