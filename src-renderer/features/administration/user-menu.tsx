// What can be done for one user: the menu of a row.
import type { ReactNode } from 'react';
import type { UserRow } from '../../../src-shared/contract/index.ts';
import { Menu, type MenuAction } from '../../ui/menu.tsx';

export type UserAction =
  | 'explain'
  | 'edit'
  | 'reset-factor'
  | 'reset-trusted-browsers'
  | 'make-service-account'
  | 'end-service-account'
  | 'new-one-time-password'
  | 'make-administrator'
  | 'change-administered'
  | 'make-user'
  | 'end-sessions'
  | 'unlock'
  | 'activate'
  | 'deactivate'
  | 'delete';

interface Offer extends Omit<MenuAction, 'id' | 'onAction'> {
  readonly id: UserAction;
}

/** Who asks: what is offered depends on it. */
export interface Asking {
  readonly isMe: boolean;
  /** Of a unit alone: has no power over roles, nor over administrators of the whole organization. */
  readonly isLimited: boolean;
  readonly hasUnits: boolean;
}

/** The actions that make sense for this user now. Nobody resets the own factor this way (S10). */
function offers(user: UserRow, { isMe, isLimited, hasUnits }: Asking): readonly Offer[] {
  const isServiceAccount = user.factor === 'service-account';
  const hasFactor = user.factor === 'set-up' || user.factor === 'pending' || user.factor === 'blocked';
  const isAdministrator = user.role === 'administrator';
  const explain: Offer = { id: 'explain', label: 'Explain the next sign-in', icon: 'info' };
  if (isLimited && isAdministrator && user.administersUnitId === null) return [explain];
  const all: readonly (Offer | false)[] = [
    explain,
    { id: 'edit', label: 'Edit', icon: 'pencil' },
    user.lockedUntilMs !== null && { id: 'unlock', label: 'Unlock', icon: 'key' },
    hasFactor && !isMe && { id: 'reset-factor', label: 'Reset two-factor authentication', icon: 'refresh' },
    user.trustedBrowsers > 0 && {
      id: 'reset-trusted-browsers',
      label: 'Reset trusted browsers',
      icon: 'shield',
    },
    user.liveSessions > 0 && {
      id: 'end-sessions',
      label: isMe ? 'End other sessions' : 'End sessions',
      icon: 'signOut',
    },
    !isMe && { id: 'new-one-time-password', label: 'New one-time password', icon: 'lock' },
    !isMe &&
      !isServiceAccount && { id: 'make-service-account', label: 'Make service account', icon: 'settings' },
    isServiceAccount && { id: 'end-service-account', label: 'End service account', icon: 'settings' },
    !isLimited &&
      !isAdministrator && { id: 'make-administrator', label: 'Make administrator', icon: 'people' },
    !isLimited &&
      isAdministrator &&
      hasUnits && { id: 'change-administered', label: 'Change what is administered', icon: 'building' },
    !isLimited && isAdministrator && { id: 'make-user', label: 'Take administrator role', icon: 'person' },
    user.active
      ? { id: 'deactivate', label: 'Deactivate', icon: 'cross', isDanger: true }
      : { id: 'activate', label: 'Activate', icon: 'check' },
    !isMe && { id: 'delete', label: 'Delete', icon: 'trash', isDanger: true },
  ];
  return all.filter((offer) => offer !== false);
}

export interface UserMenuProps {
  readonly user: UserRow;
  readonly asking: Asking;
  readonly onChoose: (action: UserAction) => void;
}

export function UserMenu({ user, asking, onChoose }: UserMenuProps): ReactNode {
  return (
    <Menu
      label={`Actions for ${user.displayName}`}
      actions={offers(user, asking).map((offer) => ({ ...offer, onAction: () => onChoose(offer.id) }))}
    />
  );
}
