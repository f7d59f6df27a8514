// Warns a minute before the session ends, and keeps it where it can be kept.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { StepOf } from './screen-step.ts';
import { timeOfDay } from './time-words.ts';
import { useSessionWatch } from './use-session-watch.ts';

export function SessionWarning({ step }: { readonly step: StepOf<'signed-in'> }): ReactNode {
  const { isNear, canStay } = useSessionWatch(step);
  const bridge = useBridge();
  const client = useQueryClient();
  // Any call of a signed-in person uses the session; reading one's account is the plainest.
  const stay = useMutation({
    mutationFn: () => bridge.call('console:myAccount', {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['console:step'] }),
  });
  const endsAtMs = Math.min(step.idleEndsAtMs, step.endsAtMs);
  if (!isNear) return null;
  if (!canStay) {
    return (
      <div className="session-banner" role="alert">
        Your session ends at {timeOfDay(endsAtMs)}, because sessions have a longest time. Finish what you are
        doing, then sign in again.
      </div>
    );
  }
  return (
    <Dialog
      title="Your session ends in a minute"
      size="small"
      role="alertdialog"
      isOpen
      onClose={() => stay.mutate()}
      actions={
        <Button variant="primary" autoFocus onPress={() => stay.mutate()} isPending={stay.isPending}>
          Stay signed in
        </Button>
      }
    >
      <p>It has not been used for a while. It ends at {timeOfDay(endsAtMs)}, and you sign in again then.</p>
    </Dialog>
  );
}
