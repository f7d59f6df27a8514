// What became of an action that was not done, at the place where it was asked for.
import type { ReactNode } from 'react';
import { Note } from '../../ui/note.tsx';
import { type Place, useRehearsal } from './use-rehearsal.ts';

const isSame = (one: Place, other: Place): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : one.actor === other.actor;

/** Nothing where nothing was refused. A refusal is part of the story; what could not be tried is a fault. */
export function SaidNote({ place }: { readonly place: Place }): ReactNode {
  const { said, dismiss } = useRehearsal();
  if (said === null || !isSame(said.place, place)) return null;
  return (
    <div className="rehearsal-said">
      <Note tone={said.isRefusal ? 'attention' : 'wrong'} onDismiss={dismiss}>
        {said.message}
      </Note>
    </div>
  );
}
