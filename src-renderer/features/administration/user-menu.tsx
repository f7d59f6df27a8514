// What can be done for one user: the menu of a row.
import type { ReactNode } from 'react';
import type { UserRow } from '../../../src-shared/contract/index.ts';
import { Menu, type MenuAction } from '../../ui/menu.tsx';

export type UserAction =
  | 'explain'
  | 'reset-factor'
  | 'reset-trusted-browsers'
  | 'make-service-account'
  | 'end-service-account'
  | 'new-one-time-password'
  | 'make-administrator'
  | 'make-user'
  | 'end-sessions'
  | 'unlock'
  | 'activate'
  | 'deactivate';

interface Offer extends Omit<MenuAction, 'id' | 'onAction'> {
  readonly id: UserAction;
}

/** The actions that make sense for this user now. Nobody resets the own factor this way (S10). */
function offers(user: UserRow, isMe: boolean): readonly Offer[] {
  const isServiceAccount = user.factor === 'service-account';
  const hasFactor = user.factor === 'set-up' || user.factor === 'pending' || user.factor === 'blocked';
  const all: readonly (Offer | false)[] = [
    { id: 'explain', label: 'Explain the next sign-in', icon: 'info' },
    user.lockedUntilMs !== null && { id: 'unlock', label: 'Unlock', icon: 'key' },
    hasFactor && !isMe && { id: 'reset-factor', label: 'Reset two-factor authentication', icon: 'refresh' },
    user.trustedBrowsers > 0 && {
      id: 'reset-trusted-browsers',
      label: 'Reset trusted browsers',
      icon: 'shield',
    },
    !isMe && { id: 'new-one-time-password', label: 'New one-time password', icon: 'lock' },
    !isMe &&
      !isServiceAccount && { id: 'make-service-account', label: 'Make service account', icon: 'settings' },
    isServiceAccount && { id: 'end-service-account', label: 'End service account', icon: 'settings' },
    user.role === 'user'
      ? { id: 'make-administrator', label: 'Make administrator', icon: 'people' }
      : { id: 'make-user', label: 'Take administrator role', icon: 'person' },
    user.liveSessions > 0 && {
      id: 'end-sessions',
      label: isMe ? 'End other sessions' : 'End sessions',
      icon: 'signOut',
    },
    user.active
      ? { id: 'deactivate', label: 'Deactivate', icon: 'cross', isDanger: true }
      : { id: 'activate', label: 'Activate', icon: 'check' },
  ];
  return all.filter((offer) => offer !== false);
}

export interface UserMenuProps {
  readonly user: UserRow;
  readonly isMe: boolean;
  readonly onChoose: (action: UserAction) => void;
}

export function UserMenu({ user, isMe, onChoose }: UserMenuProps): ReactNode {
  return (
    <Menu
      label={`Actions for ${user.displayName}`}
      actions={offers(user, isMe).map((offer) => ({ ...offer, onAction: () => onChoose(offer.id) }))}
    />
  );
}
