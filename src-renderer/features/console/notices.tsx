// What a person is told at sign-in (S17), until dismissed.
import { type ReactNode, useState } from 'react';
import type { SignInNotice } from '../../../src-shared/contract/index.ts';
import { Note } from '../../ui/note.tsx';
import { whenWords } from './time-words.ts';

/** Said for information; every other kind asks for attention. */
const QUIET_KIND = 'last-sign-in';

export function Notices({ notices }: { readonly notices: readonly SignInNotice[] }): ReactNode {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const idOf = ({ kind, atMs }: SignInNotice): string => `${kind} ${atMs}`;
  const quiet = notices.find(({ kind }) => kind === QUIET_KIND);
  const shown = notices.filter((notice) => notice.kind !== QUIET_KIND && !dismissed.has(idOf(notice)));
  if (shown.length === 0 && quiet === undefined) return null;
  return (
    <div className="stack tight">
      {shown.map((notice) => (
        <Note
          key={idOf(notice)}
          tone="attention"
          onDismiss={() => setDismissed(new Set([...dismissed, idOf(notice)]))}
        >
          {notice.message} <span className="muted">{whenWords(notice.atMs)}</span>
        </Note>
      ))}
      {quiet === undefined ? null : (
        <p className="muted small">{`${quiet.message.replace(/\.$/, '')}, ${whenWords(quiet.atMs)}.`}</p>
      )}
    </div>
  );
}
