// What was found: which accounts are new, which are there already, what was left out and why.
import type { ReactNode } from 'react';
import type { Candidate } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { accountSubtitle, accountTitle, accountWords } from '../authenticator/account-label.ts';
import { Avatar } from '../authenticator/avatar.tsx';
import type { Reading } from './read-incoming.ts';

export interface PreviewListProps {
  readonly reading: Reading;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
}

/** Only what differs from the usual 6 digits, 30 s, SHA-1. */
function unusual({ type, digits, periodS, algorithm }: Candidate): string {
  if (type === 'steam') return 'Steam';
  return [
    digits === 6 ? '' : `${digits} digits`,
    periodS === 30 ? '' : `every ${periodS} s`,
    algorithm === 'SHA-1' ? '' : algorithm,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function PreviewList({ reading, chosen, onChoose }: PreviewListProps): ReactNode {
  const { candidates, leftOut } = reading;
  const toggle = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <div className="stack">
      {candidates.length === 0 ? (
        <Note tone="attention">Nothing that can be added was found. Nothing was changed.</Note>
      ) : (
        <ul className="candidates">
          {candidates.map((candidate) => (
            <li key={candidate.id} className="candidate">
              {candidates.length > 1 ? (
                <Checkbox
                  label={<span className="visually-hidden">{accountWords(candidate)}</span>}
                  isSelected={chosen.has(candidate.id)}
                  isDisabled={candidate.status === 'already-there'}
                  onChange={(isChosen) => toggle(candidate.id, isChosen)}
                />
              ) : null}
              <Avatar issuer={candidate.issuer} name={candidate.name} />
              <div className="candidate-words">
                <div className="account-title">
                  <span className="wrap-anywhere">{accountTitle(candidate)}</span>
                  {candidate.status === 'new' ? (
                    <Badge tone="right">New</Badge>
                  ) : (
                    <Badge>Already there</Badge>
                  )}
                </div>
                <div className="muted small wrap-anywhere">
                  {[accountSubtitle(candidate), unusual(candidate)].filter((part) => part !== '').join(' · ')}
                </div>
                {candidate.warnings.map((warning) => (
                  <p key={warning} className="candidate-warning small">
                    <Icon name="warning" size={14} /> {warning}
                  </p>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
      {leftOut.length === 0 ? null : (
        <div className="stack tight">
          <h3>Left out</h3>
          <ul className="stack tight">
            {leftOut.map(({ where, reason }, index) => (
              <li key={index} className="small wrap-anywhere">
                <span className="muted">{where}:</span> {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
