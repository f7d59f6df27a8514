// The state of a user's factor, in a word and a colour.
import type { ReactNode } from 'react';
import type { FactorState, UserRow } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Tone } from '../../ui/note.tsx';
import { minutesUntil } from '../console/time-words.ts';

const states: { readonly [S in FactorState]: { readonly words: string; readonly tone: Tone } } = {
  'set-up': { words: 'Set up', tone: 'right' },
  pending: { words: 'Pending', tone: 'attention' },
  'not-set-up': { words: 'Not set up', tone: 'neutral' },
  'service-account': { words: 'Service account', tone: 'neutral' },
  blocked: { words: 'Blocked', tone: 'wrong' },
};

export function FactorBadge({ user }: { readonly user: UserRow }): ReactNode {
  const { words, tone } = states[user.factor];
  const left = user.pendingUntilMs === null ? '' : `, ${minutesUntil(user.pendingUntilMs)} min`;
  return <Badge tone={tone}>{user.factor === 'pending' ? `${words}${left}` : words}</Badge>;
}
