// One's own recovery codes, where the policy has them.
import { type ReactNode, useState } from 'react';
import type { MyAccount } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodedDialog } from './coded-dialog.tsx';
import { OfflineCodesDialog } from './offline-codes-dialog.tsx';
import type { StepOf } from './screen-step.ts';
import { counted, dateWords } from './time-words.ts';

export interface RecoveryCodesCardProps {
  readonly step: StepOf<'signed-in'>;
  readonly recoveryCodes: NonNullable<MyAccount['recoveryCodes']>;
}

export function RecoveryCodesCard({ step, recoveryCodes }: RecoveryCodesCardProps): ReactNode {
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<readonly string[] | null>(null);
  const { left, madeAtMs } = recoveryCodes;
  return (
    <Card
      title="Recovery codes"
      description="Each one signs you in once when your device is not at hand. Your password is asked all the same."
    >
      <div className="stack">
        <p>
          {madeAtMs === null ? (
            <span className="muted">You have none.</span>
          ) : (
            <>
              {left === 0 ? 'All are used.' : `${counted(left, 'code')} left.`}{' '}
              <span className="muted">Made on {dateWords(madeAtMs)}.</span>
            </>
          )}
        </p>
        <div>
          <Button onPress={() => setMaking(true)}>
            {madeAtMs === null ? 'Make recovery codes' : 'Make new codes'}
          </Button>
        </div>
      </div>
      {isMaking ? (
        <CodedDialog
          title="Make recovery codes"
          method="console:makeRecoveryCodes"
          inputOf={(code) => ({ code: code ?? '' })}
          isCodeAlwaysAsked
          confirmLabel="Make codes"
          onDone={({ codes }) => {
            setMaking(false);
            setMade(codes);
          }}
          onClose={() => setMaking(false)}
        >
          <p>
            You get ten codes to print or save, shown this once.
            {madeAtMs === null ? '' : ' The earlier ones are worth nothing from then on.'}
          </p>
        </CodedDialog>
      ) : null}
      {made === null ? null : (
        <OfflineCodesDialog
          title="Your recovery codes"
          owner={`${step.person.displayName} (${step.person.userName}), ${step.organization}`}
          codes={made}
          words="Each code signs you in once, with your password, when your device is lost. Choose “I can’t use my device” where the code is asked."
          fileName={`recovery-codes-${step.person.userName}.txt`}
          onClose={() => setMade(null)}
        />
      )}
    </Card>
  );
}
