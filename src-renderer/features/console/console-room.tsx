// The console's room: the screen follows from this browser's step alone.
import { type ReactNode, useEffect, useRef } from 'react';
import type { ConsoleStep } from '../../../src-shared/contract/index.ts';
import { useBridge, useCall } from '../../bridge/queries.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { BreakGlassWait } from './break-glass-wait.tsx';
import { ChangePassword } from './change-password.tsx';
import { CodeScreen } from './code-screen.tsx';
import { ConsoleFrame } from './console-frame.tsx';
import { KeepSecret } from './keep-secret.tsx';
import { NoOrganization, NothingToSignInTo } from './no-organization.tsx';
import { SamplePeople } from './sample-people.tsx';
import { Reset, SetUp } from './set-up.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { SignIn } from './sign-in.tsx';
import { SignedIn } from './signed-in.tsx';
import { type FarewellOf, useFarewell } from './use-farewell.ts';
import { type SampleOf, useSample } from './use-sample.ts';

export function ConsoleRoom(): ReactNode {
  const { data: step, error, refetch } = useCall('console:step', {});
  const farewell = useFarewell();
  const sample = useSample();
  const room = useFocusOnHeading(sample.sample === null ? step?.kind : 'sample');

  const { held } = farewell;
  const isThere = step?.kind === 'signed-in' && step.pendingReset === null && sample.sample === null;
  // Held: the session is over, and the page with what was typed waits until the same person has signed in again.
  const home = isThere ? step : held;
  let screen: ReactNode = null;
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
  } else if (home === null) screen = <Screen step={step} farewell={farewell} sample={sample} />;
  return (
    <div className="console-room" ref={room}>
      {home === null ? null : <SignedIn key={home.person.id} step={home} isOver={!isThere} />}
      {screen}
      {held === null || step === undefined || isThere ? null : (
        <SignInAgain onGiveUp={farewell.letGo}>
          <StepScreen step={step} farewell={farewell} userName={held.person.userName} />
        </SignInAgain>
      )}
    </div>
  );
}

interface ScreenProps {
  readonly step: ConsoleStep;
  readonly farewell: FarewellOf;
  readonly sample: SampleOf;
}

/** A whole page, with whose console it is and who is here. */
function Screen({ step, farewell, sample }: ScreenProps): ReactNode {
  const { isNetwork } = useBridge();
  if (sample.sample !== null) {
    return (
      <ConsoleFrame organization={sample.sample.organization} who="nobody is signed in">
        <SamplePeople sample={sample.sample} onContinue={sample.forget} />
      </ConsoleFrame>
    );
  }
  if (step.kind === 'no-organization') {
    return (
      <ConsoleFrame organization={null} who="nobody is here yet">
        {isNetwork ? (
          <NothingToSignInTo />
        ) : (
          <NoOrganization
            onSample={sample.create}
            isSamplePending={sample.isPending}
            sampleError={sample.error}
          />
        )}
      </ConsoleFrame>
    );
  }
  return (
    <ConsoleFrame organization={step.organization} who={whoOf(step)}>
      <StepScreen step={step} farewell={farewell} />
    </ConsoleFrame>
  );
}

function whoOf(step: Exclude<ConsoleStep, { kind: 'no-organization' }>): string {
  if (step.kind === 'signed-out') return 'nobody is signed in';
  const isSignedIn = step.kind === 'signed-in' || step.kind === 'keep-secret';
  return `${isSignedIn ? 'signed in' : 'signing in'} as ${step.person.userName}`;
}

interface StepScreenProps {
  readonly step: ConsoleStep;
  readonly farewell: FarewellOf;
  /** Who is expected to sign in. */
  readonly userName?: string;
}

/** The card of a sign-in under way. */
function StepScreen({ step, farewell, userName = '' }: StepScreenProps): ReactNode {
  switch (step.kind) {
    case 'no-organization':
      return null;
    case 'signed-out':
      return (
        <SignIn
          organization={step.organization}
          farewell={farewell.farewell}
          expectedUserName={userName}
          onAnswered={farewell.clear}
        />
      );
    case 'change-password':
      return <ChangePassword step={step} onRefused={farewell.noteRefusal} />;
    case 'set-up':
      return <SetUp step={step} onRefused={farewell.noteRefusal} />;
    case 'code':
      return <CodeScreen step={step} onRefused={farewell.noteRefusal} />;
    case 'break-glass':
      return <BreakGlassWait step={step} onRefused={farewell.noteRefusal} />;
    case 'keep-secret':
      return <KeepSecret step={step} />;
    case 'signed-in':
      return step.pendingReset === null ? null : (
        <Reset pending={step.pendingReset} onRefused={farewell.noteRefusal} />
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
