// One account in the list: who issued it, its code, and how long that lives.
import { memo, type ReactNode, useState } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { Code } from '../../ui/code.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import { LATE_MS, Ring } from '../../ui/ring.tsx';
import { accountSubtitle, accountTitle, accountWords } from './account-label.ts';
import { Avatar } from './avatar.tsx';
import type { CodeBook, TimedCode } from './code-book.ts';
import { useSecondsLeft } from './second-ticker.ts';
import { useCode } from './use-codes.ts';

export interface AccountRowProps {
  readonly account: Account;
  readonly index: number;
  readonly book: CodeBook;
  /** The one row that Tab stops at. */
  readonly isActive: boolean;
  /** Copied a moment ago. */
  readonly isCopied: boolean;
  readonly onActivate: (index: number) => void;
  readonly onCopy: (account: Account, which: 'current' | 'next') => void;
  readonly onRename: (account: Account) => void;
  readonly onDelete: (account: Account) => void;
}

export const rowElementId = (accountId: string): string => `account-${accountId}`;

export const AccountRow = memo(function AccountRow(props: AccountRowProps): ReactNode {
  const { account, index, book, isActive, isCopied, onActivate, onCopy, onRename, onDelete } = props;
  const code = useCode(book, account.id);
  const subtitle = accountSubtitle(account);
  const actions: MenuAction[] = [
    { id: 'copy', label: 'Copy code', icon: 'copy', hint: '↵', onAction: () => onCopy(account, 'current') },
    { id: 'next', label: 'Copy next code', icon: 'copy', hint: 'N', onAction: () => onCopy(account, 'next') },
    { id: 'rename', label: 'Rename', icon: 'pencil', hint: 'E', onAction: () => onRename(account) },
    { id: 'delete', label: 'Delete', icon: 'trash', isDanger: true, onAction: () => onDelete(account) },
  ];
  return (
    <div
      id={rowElementId(account.id)}
      role="row"
      aria-rowindex={index + 1}
      tabIndex={isActive ? 0 : -1}
      className={`account-row${isActive ? ' active' : ''}`}
      onFocus={() => onActivate(index)}
      onClick={(event) => {
        if (!(event.target instanceof Element) || event.target.closest('.account-menu') === null) {
          onCopy(account, 'current');
        }
      }}
    >
      <div role="gridcell" className="account-who">
        <Avatar issuer={account.issuer} name={account.name} />
        <div className="account-words">
          <div className="account-title">
            <span className="account-name">{accountTitle(account)}</span>
            {account.warnings.length === 0 ? null : (
              <span className="account-warning" title={account.warnings.join(' ')}>
                <Icon name="warning" size={14} />
                <span className="visually-hidden">{account.warnings.join(' ')}</span>
              </span>
            )}
          </div>
          {subtitle === '' ? null : <div className="account-subtitle">{subtitle}</div>}
        </div>
      </div>
      <div role="gridcell" className="account-code">
        {code === undefined ? (
          <span className="account-code-missing" aria-label="The code is being fetched" />
        ) : (
          <LiveCode code={code} isCopied={isCopied} />
        )}
      </div>
      <div role="gridcell" className="account-menu">
        <Menu label={`Actions for ${accountWords(account)}`} actions={actions} />
      </div>
    </div>
  );
});

function LiveCode({ code, isCopied }: { readonly code: TimedCode; readonly isCopied: boolean }): ReactNode {
  const seconds = useSecondsLeft(code.endsAtMs);
  const isLate = !code.isLasting && seconds * 1000 <= LATE_MS;
  return (
    <>
      <span className="account-beside">
        {isCopied ? (
          <span className="account-copied">
            <Icon name="check" size={14} /> Copied
          </span>
        ) : isLate ? (
          <span className="account-next">
            next <Code code={code.nextCode} size="small" />
          </span>
        ) : null}
      </span>
      <Code code={code.code} />
      {code.isLasting ? null : (
        <span className={`account-time${isLate ? ' late' : ''}`}>
          <span className="account-seconds">{seconds} s</span>
          <Countdown key={code.endsAtMs} code={code} />
        </span>
      )}
    </>
  );
}

/** A component of its own, so that what is left is taken once, when the ring appears. */
function Countdown({ code }: { readonly code: TimedCode }): ReactNode {
  const [leftMs] = useState(() => code.endsAtMs - Date.now());
  return <Ring periodMs={code.periodMs} leftMs={leftMs} />;
}
