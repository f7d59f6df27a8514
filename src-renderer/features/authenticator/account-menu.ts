// What the menu of a row offers for its account.
import type { Account } from '../../../src-shared/contract/index.ts';
import type { MenuAction } from '../../ui/menu.tsx';
import type { AccountActions } from './use-account-actions.ts';

export interface AccountDialogs {
  readonly edit: (account: Account) => void;
  readonly reveal: (account: Account) => void;
}

export function accountMenu(
  account: Account,
  actions: AccountActions,
  dialogs: AccountDialogs,
): readonly MenuAction[] {
  const { type, pinned } = account;
  return [
    {
      id: 'copy',
      label: 'Copy code',
      icon: 'copy',
      hint: '↵',
      onAction: () => actions.copy(account, 'current'),
    },
    {
      id: 'next',
      label: type === 'hotp' ? 'Count on and copy' : 'Copy next code',
      icon: 'copy',
      hint: 'N',
      onAction: () => actions.copy(account, 'next'),
    },
    {
      id: 'pin',
      label: pinned ? 'Take the pin off' : 'Pin to the top',
      icon: 'pin',
      hint: 'P',
      onAction: () => actions.pin(account, !pinned),
    },
    { id: 'edit', label: 'Edit', icon: 'pencil', hint: 'E', onAction: () => dialogs.edit(account) },
    { id: 'reveal', label: 'Show secret and QR code', icon: 'qr', onAction: () => dialogs.reveal(account) },
    {
      id: 'delete',
      label: 'Delete',
      icon: 'trash',
      hint: 'Del',
      isDanger: true,
      onAction: () => actions.remove(account),
    },
  ];
}
