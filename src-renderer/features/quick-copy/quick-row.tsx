// One account of the quick-copy window.
import { type ReactNode, useEffect, useRef } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { Code, HiddenCode } from '../../ui/code.tsx';
import { LATE_MS } from '../../ui/ring.tsx';
import { accountSubtitle, accountTitle } from '../authenticator/account-label.ts';
import { Avatar } from '../authenticator/avatar.tsx';
import type { CodeBook } from '../authenticator/code-book.ts';
import { useSecondsLeft } from '../authenticator/second-ticker.ts';
import { useCode } from '../authenticator/use-codes.ts';

export const quickRowId = (accountId: string): string => `quick-${accountId}`;

export interface QuickRowProps {
  readonly account: Account;
  readonly book: CodeBook;
  /** Enter copies this one. */
  readonly isActive: boolean;
  readonly isCodeShown: boolean;
  readonly onPoint: () => void;
  readonly onCopy: () => void;
}

export function QuickRow(props: QuickRowProps): ReactNode {
  const { account, book, isActive, isCodeShown, onPoint, onCopy } = props;
  const subtitle = accountSubtitle(account);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <li
      ref={row}
      id={quickRowId(account.id)}
      role="option"
      aria-selected={isActive}
      className={`quick-row${isActive ? ' active' : ''}`}
      onPointerMove={onPoint}
      onClick={onCopy}
    >
      <Avatar issuer={account.issuer} name={account.name} size="small" />
      <span className="quick-words">
        <span className="quick-title">{accountTitle(account)}</span>
        {subtitle === '' ? null : <span className="quick-subtitle">{subtitle}</span>}
      </span>
      <QuickCode account={account} book={book} isShown={isCodeShown} />
    </li>
  );
}

interface QuickCodeProps {
  readonly account: Account;
  readonly book: CodeBook;
  readonly isShown: boolean;
}

function QuickCode({ account, book, isShown }: QuickCodeProps): ReactNode {
  const code = useCode(book, account.id);
  if (code === undefined) return null;
  if (code.isLasting) {
    return <span className="quick-left">{code.code === '' ? 'next code' : 'counter-based'}</span>;
  }
  return (
    <>
      {isShown ? <Code code={code.code} /> : <HiddenCode code={code.code} />}
      <SecondsLeft endsAtMs={code.endsAtMs} />
    </>
  );
}

function SecondsLeft({ endsAtMs }: { readonly endsAtMs: number }): ReactNode {
  const seconds = useSecondsLeft(endsAtMs);
  return <span className={`quick-left${seconds * 1000 <= LATE_MS ? ' late' : ''}`}>{seconds} s</span>;
}
