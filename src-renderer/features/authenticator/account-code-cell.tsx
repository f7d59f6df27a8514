// The code of a row: timed with its countdown, counted with the button for the next one, or dots while it is hidden.
import type { ReactNode } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Code, HiddenCode } from '../../ui/code.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LATE_MS, Ring } from '../../ui/ring.tsx';
import { accountTitle } from './account-label.ts';
import type { CodeBook, TimedCode } from './code-book.ts';
import { useSecondsLeft } from './second-ticker.ts';
import { useCode } from './use-codes.ts';

export interface AccountCodeCellProps {
  readonly account: Account;
  readonly book: CodeBook;
  /** False: dots, for the eye and for screen readers. */
  readonly isShown: boolean;
  readonly isCopied: boolean;
  readonly isTabStop: boolean;
  readonly onAdvance: (account: Account) => void;
}

export function AccountCodeCell(props: AccountCodeCellProps): ReactNode {
  const { account, book, isShown, isCopied } = props;
  const code = useCode(book, account.id);
  if (code === undefined) {
    return <span className="account-code-missing" role="img" aria-label="The code is being fetched" />;
  }
  if (code.isLasting) return <CountedCode {...props} code={code} />;
  return <LiveCode code={code} isShown={isShown} isCopied={isCopied} />;
}

const Copied = (): ReactNode => (
  <span className="account-copied">
    <Icon name="check" size={14} /> Copied
  </span>
);

interface LiveCodeProps {
  readonly code: TimedCode;
  readonly isShown: boolean;
  readonly isCopied: boolean;
}

function LiveCode({ code, isShown, isCopied }: LiveCodeProps): ReactNode {
  const seconds = useSecondsLeft(code.endsAtMs);
  const isLate = seconds * 1000 <= LATE_MS;
  return (
    <>
      <span className="account-beside">
        {isCopied ? (
          <Copied />
        ) : isLate && isShown ? (
          <span className="account-next">
            next <Code code={code.nextCode} size="small" />
          </span>
        ) : null}
      </span>
      {isShown ? <Code code={code.code} /> : <HiddenCode code={code.code} />}
      <span className={`account-time${isLate ? ' late' : ''}`}>
        <span className="account-seconds">{spanWords(seconds)}</span>
        <Ring share={(seconds * 1000) / code.periodMs} isLate={isLate} />
      </span>
    </>
  );
}

/** Most periods are of seconds; one of a day would be five digits of them. */
function spanWords(seconds: number): string {
  if (seconds < 600) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

interface CountedCodeProps extends AccountCodeCellProps {
  readonly code: TimedCode;
}

function CountedCode(props: CountedCodeProps): ReactNode {
  const { account, code, isShown, isCopied, isTabStop, onAdvance } = props;
  if (code.code === '') {
    return (
      <>
        <span className="account-beside">{isCopied ? <Copied /> : null}</span>
        <Button
          size="small"
          icon="refresh"
          aria-label={`Next code of ${accountTitle(account)}`}
          excludeFromTabOrder={!isTabStop}
          onPress={() => onAdvance(account)}
        >
          Next code
        </Button>
        <span className="account-time" />
      </>
    );
  }
  return (
    <>
      <span className="account-beside">{isCopied ? <Copied /> : 'counter-based'}</span>
      {isShown ? <Code code={code.code} /> : <HiddenCode code={code.code} />}
      <span className="account-time">
        <IconButton
          icon="refresh"
          label={`Next code of ${accountTitle(account)}`}
          excludeFromTabOrder={!isTabStop}
          onPress={() => onAdvance(account)}
        />
      </span>
    </>
  );
}
