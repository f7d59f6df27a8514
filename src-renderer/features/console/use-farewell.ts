// Why this browser fell back to the sign-in screen: heard from the steps as they follow one another.
import { hashKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ConsoleStep } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { isFrame } from '../../bridge/frame-transport.ts';
import { nowMs as windowNowMs } from '../../bridge/window-clock.ts';
import type { Tone } from '../../ui/note.tsx';
import { refusalWords } from './refusal-words.ts';
import type { StepOf } from './screen-step.ts';

export interface Farewell {
  readonly tone: Tone;
  readonly message: string;
}

const stepKey = ['console:step', {}] as const;
const stepHash = hashKey(stepKey);

/** A session counts as ended by its time when the step arrives this shortly before it: clocks tick in between. */
const TOLERANCE_MS = 2_000;

function afterSession(step: StepOf<'signed-in'>): Farewell {
  const nowMs = windowNowMs();
  if (nowMs >= step.endsAtMs - TOLERANCE_MS) {
    return {
      tone: 'attention',
      message: 'Your session ended, because sessions have a longest time. Sign in again.',
    };
  }
  if (nowMs >= step.idleEndsAtMs - TOLERANCE_MS) {
    return {
      tone: 'attention',
      message: 'Your session ended, because it was not used for a while. Sign in again.',
    };
  }
  // There a step of the scenario signs people out, which is not told apart from an end that somebody else brought about.
  if (isFrame()) return { tone: 'neutral', message: 'This browser is not signed in any more.' };
  return {
    tone: 'attention',
    message: 'Your session was ended from elsewhere, or your account was changed. Sign in again.',
  };
}

const overtime: Farewell = {
  tone: 'attention',
  message: 'The sign-in took too long, so it ended. Nothing was changed. Sign in again.',
};

const signedOut: Farewell = { tone: 'right', message: 'You are signed out.' };

/** Whether a form of the console holds something that a person typed. Choices alone are made again in a moment. */
function isSomethingTyped(): boolean {
  const places = ['.console-room', '.dialog'].flatMap((place) => [`${place} input`, `${place} textarea`]);
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(places.join(', '));
  return [...fields].some(({ type, value }) => !['checkbox', 'radio'].includes(type) && value !== '');
}

export interface FarewellOf {
  readonly farewell: Farewell | null;
  /** The last step of a session that has ended while something was typed: its page is kept until that is given up. */
  readonly held: StepOf<'signed-in'> | null;
  readonly letGo: () => void;
  /** Tells of a refused code or password: it explains a sign-in that ended by it. The step is asked for again. */
  readonly noteRefusal: (error: unknown) => void;
  readonly clear: () => void;
}

export function useFarewell(): FarewellOf {
  const client = useQueryClient();
  const [farewell, setFarewell] = useState<Farewell | null>(null);
  const [held, setHeld] = useState<StepOf<'signed-in'> | null>(null);
  const refusal = useRef<string | null>(null);

  useEffect(() => {
    let before = ConsoleStep.safeParse(client.getQueryData(stepKey)).data;
    return client.getQueryCache().subscribe(({ type, query }) => {
      if (type !== 'updated' || query.queryHash !== stepHash) return;
      const step = ConsoleStep.safeParse(query.state.data).data;
      if (step === undefined || step.kind === before?.kind) {
        before = step ?? before;
        return;
      }
      const last = before;
      before = step;
      if (step.kind === 'signed-in') setHeld(null);
      if (step.kind !== 'signed-out') {
        setFarewell(null);
        refusal.current = null;
        return;
      }
      const isOwnDoing = (method: string): boolean => client.isMutating({ mutationKey: [method] }) > 0;
      if (last === undefined || isOwnDoing('console:cancelSignIn')) return;
      if (isOwnDoing('console:signOut')) setFarewell(signedOut);
      else if (last.kind === 'signed-in') {
        setFarewell(afterSession(last));
        // Before React hears of the step, so that the forms are still there to look at.
        if (last.pendingReset === null && isSomethingTyped()) setHeld(last);
      } else if (refusal.current !== null) setFarewell({ tone: 'wrong', message: refusal.current });
      else if (last.kind !== 'no-organization') setFarewell(overtime);
      refusal.current = null;
    });
  }, [client]);

  // A call that found the session gone: the step has changed without an event.
  useEffect(() => {
    const look = (error: unknown): void => {
      if (hasCode(error, 'not-signed-in')) void client.invalidateQueries({ queryKey: ['console:step'] });
    };
    const endQueries = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
    });
    const endMutations = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
    });
    return () => {
      endQueries();
      endMutations();
    };
  }, [client]);

  const noteRefusal = useCallback(
    (error: unknown) => {
      refusal.current = refusalWords(error);
      void client.invalidateQueries({ queryKey: ['console:step'] });
    },
    [client],
  );
  const clear = useCallback(() => setFarewell(null), []);
  const letGo = useCallback(() => setHeld(null), []);
  return { farewell, held, letGo, noteRefusal, clear };
}
