// One account in the list: who issued it, its tags, its code, and how long that lives.
import { memo, type ReactNode, useState } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { AccountCodeCell } from './account-code-cell.tsx';
import { accountSubtitle, accountTitle, accountWords } from './account-label.ts';
import { Avatar } from './avatar.tsx';
import type { CodeBook } from './code-book.ts';

/** What a row can ask for. The functions stay the same, or every row would be drawn again with each change. */
export interface RowCommands {
  readonly activate: (account: Account, index: number) => void;
  readonly copy: (account: Account, which: 'current' | 'next') => void;
  /** Counts a counter-based account on. */
  readonly advance: (account: Account) => void;
  readonly openMenu: (account: Account, button: HTMLElement) => void;
  /** Null: the drag is over. */
  readonly drag: (account: Account | null) => void;
}

/** What is dragged within the list; other windows have no use for it. */
export const ACCOUNT_DRAG_TYPE = 'application/x-twofold-account';

export interface AccountRowProps {
  readonly account: Account;
  readonly index: number;
  readonly book: CodeBook;
  readonly commands: RowCommands;
  /** The one row that Tab stops at. */
  readonly isActive: boolean;
  /** The search field has the focus and its keys go to this row. */
  readonly isPicked: boolean;
  /** Copied a moment ago. */
  readonly isCopied: boolean;
  /** Its code is dots until the row is pointed at or has the focus. */
  readonly hidesCode: boolean;
  readonly isMenuOpen: boolean;
  readonly isMovable: boolean;
}

export const rowElementId = (accountId: string): string => `account-${accountId}`;

export const AccountRow = memo(function AccountRow(props: AccountRowProps): ReactNode {
  const { account, index, book, commands, isActive, isPicked, isCopied, hidesCode } = props;
  const { isMenuOpen, isMovable } = props;
  const [isPointedAt, setPointedAt] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const subtitle = accountSubtitle(account);
  const isShown = !hidesCode || isPointedAt || hasFocus || isPicked;
  return (
    <div
      id={rowElementId(account.id)}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isActive}
      tabIndex={isActive ? 0 : -1}
      className={`account-row${isActive ? ' active' : ''}${isPicked ? ' picked' : ''}`}
      draggable={isMovable}
      onFocus={() => {
        setFocus(true);
        commands.activate(account, index);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocus(false);
      }}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onClick={(event) => {
        if (!(event.target instanceof Element) || event.target.closest('button, .account-menu') === null) {
          commands.copy(account, 'current');
        }
      }}
      onContextMenu={(event) => {
        const button = event.currentTarget.querySelector('.account-menu button');
        if (!(button instanceof HTMLElement)) return;
        event.preventDefault();
        commands.openMenu(account, button);
      }}
      onDragStart={(event) => {
        event.dataTransfer.setData(ACCOUNT_DRAG_TYPE, account.id);
        event.dataTransfer.effectAllowed = 'move';
        commands.drag(account);
      }}
      onDragEnd={() => commands.drag(null)}
    >
      <div role="gridcell" className="account-who">
        <Avatar issuer={account.issuer} name={account.name} />
        <div className="account-words">
          <Title account={account} />
          {subtitle === '' ? null : <div className="account-subtitle">{subtitle}</div>}
        </div>
      </div>
      <div role="gridcell" className="account-code">
        <AccountCodeCell
          account={account}
          book={book}
          isShown={isShown}
          isCopied={isCopied}
          onAdvance={commands.advance}
          isTabStop={isActive}
        />
      </div>
      <div role="gridcell" className="account-menu">
        {/* A plain button: fifty rows of the kit's own would cost dropped frames while scrolling. */}
        <button
          type="button"
          className="icon-button"
          aria-label={`Actions for ${accountWords(account)}`}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          tabIndex={isActive ? 0 : -1}
          onClick={(event) => commands.openMenu(account, event.currentTarget)}
        >
          <Icon name="more" />
        </button>
      </div>
    </div>
  );
});

function Title({ account }: { readonly account: Account }): ReactNode {
  return (
    <div className="account-title">
      <span className="account-name">{accountTitle(account)}</span>
      {account.pinned ? (
        <span className="account-mark" title="Pinned">
          <Icon name="pin" size={14} />
          <span className="visually-hidden">Pinned</span>
        </span>
      ) : null}
      {account.hasNote ? (
        <span className="account-mark" title="Has a note">
          <Icon name="file" size={14} />
          <span className="visually-hidden">Has a note</span>
        </span>
      ) : null}
      {account.warnings.length === 0 ? null : (
        <span className="account-warning" title={account.warnings.join(' ')}>
          <Icon name="warning" size={14} />
          <span className="visually-hidden">{account.warnings.join(' ')}</span>
        </span>
      )}
      <Tags tags={account.tags} />
    </div>
  );
}

/** More would push the name away; all of them are in the tip. */
const SHOWN_TAGS = 3;

function Tags({ tags }: { readonly tags: readonly string[] }): ReactNode {
  if (tags.length === 0) return null;
  return (
    <span className="account-tags" title={tags.join(', ')}>
      <span className="visually-hidden">Tags: </span>
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <span key={tag} className="account-tag">
          {tag}
        </span>
      ))}
      {tags.length > SHOWN_TAGS ? <span className="account-tag">+{tags.length - SHOWN_TAGS}</span> : null}
    </span>
  );
}
