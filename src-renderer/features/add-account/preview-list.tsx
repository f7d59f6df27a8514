// What was found: which accounts are new, which are there already, what was left out and why, what was changed.
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { Candidate, Preview } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { type Option, Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { accountSubtitle, accountTitle, accountWords } from '../authenticator/account-label.ts';
import { searchAccounts } from '../authenticator/account-search.ts';
import { Avatar } from '../authenticator/avatar.tsx';
import { decide, decideAll, type Decision, decisionOn, type Decisions, sharedDecision } from './choices.ts';
import type { ReadingState } from './reading-queue.ts';

const ROW_HEIGHT = 64;
/** A shorter list needs no search. */
const SEARCH_FROM = 10;
/** What is left out stands open unless there is so much of it that it would hide the rest. */
const OPEN_UP_TO = 5;

const decisions = [
  { value: 'skip', label: 'Skip' },
  { value: 'replace', label: 'Replace' },
  { value: 'add', label: 'Keep both' },
] as const satisfies readonly Option<Decision>[];

const decisionsForAll = [...decisions, { value: 'mixed', label: 'As chosen for each' }] as const;

export interface PreviewListProps {
  readonly preview: Preview;
  readonly failures: ReadingState['failures'];
  readonly decisions: Decisions;
  readonly onDecide: (decisions: Decisions) => void;
}

export function PreviewList({
  preview,
  failures,
  decisions: decided,
  onDecide,
}: PreviewListProps): ReactNode {
  const { candidates, converted } = preview;
  const leftOut = [...failures, ...preview.leftOut];
  const fresh = candidates.filter(({ status }) => status === 'new');
  const known = candidates.filter(({ status }) => status === 'already-there');
  return (
    <>
      <Summary sources={preview.sources} fresh={fresh.length} known={known.length} leftOut={leftOut.length} />
      {candidates.length === 0 ? (
        <Note tone="attention">Nothing that can be added was found. Nothing was changed.</Note>
      ) : (
        <Candidates
          candidates={candidates}
          fresh={fresh}
          known={known}
          decided={decided}
          onDecide={onDecide}
        />
      )}
      <Details title="Left out" count={leftOut.length}>
        <VirtualList
          label="Left out"
          rows={leftOut}
          rowId={(_, index) => String(index)}
          rowHeight={42}
          isFocusable
          render={({ where, reason }) => (
            <p className="left-out small wrap-anywhere">
              <strong>{where}</strong> {reason}
            </p>
          )}
        />
      </Details>
      <Details title="Changed on the way" count={converted.length}>
        <VirtualList
          label="Changed on the way"
          rows={converted}
          rowId={(_, index) => String(index)}
          rowHeight={42}
          isFocusable
          render={(sentence) => <p className="left-out small wrap-anywhere">{sentence}</p>}
        />
      </Details>
    </>
  );
}

interface SummaryProps {
  readonly sources: readonly string[];
  readonly fresh: number;
  readonly known: number;
  readonly leftOut: number;
}

function Summary({ sources, fresh, known, leftOut }: SummaryProps): ReactNode {
  const parts = [
    fresh === 0 ? '' : `${fresh} new`,
    known === 0 ? '' : `${known} already there`,
    leftOut === 0 ? '' : `${leftOut} left out`,
  ].filter((part) => part !== '');
  return (
    <p className="preview-summary muted" role="status">
      {sources.length === 0 ? null : (
        <span className="wrap-anywhere">
          Read from {new Intl.ListFormat('en', { type: 'conjunction' }).format(sources)}
        </span>
      )}
      {parts.length === 0 ? null : <span className="tabular">{parts.join(' · ')}</span>}
    </p>
  );
}

interface CandidatesProps {
  readonly candidates: readonly Candidate[];
  readonly fresh: readonly Candidate[];
  readonly known: readonly Candidate[];
  readonly decided: Decisions;
  readonly onDecide: (decisions: Decisions) => void;
}

function Candidates({ candidates, fresh, known, decided, onDecide }: CandidatesProps): ReactNode {
  const [search, setSearch] = useState('');
  const found = searchAccounts(candidates, useDeferredValue(search));
  const choose = (candidate: Candidate, decision: Decision): void =>
    onDecide(decide(decided, candidate.id, decision));
  const forKnown = sharedDecision(decided, known);
  return (
    <div className="stack tight">
      {candidates.length === 1 ? null : (
        <div className="preview-tools">
          {candidates.length < SEARCH_FROM ? null : (
            <TextField
              label="Search what was found"
              hideLabel
              placeholder="Search what was found"
              value={search}
              onChange={setSearch}
              maxLength={200}
              autoComplete="off"
              spellCheck="false"
            />
          )}
          {fresh.length === 0 ? null : (
            <div className="cluster preview-all">
              <Button size="small" variant="quiet" onPress={() => onDecide(decideAll(decided, fresh, 'add'))}>
                {known.length === 0 ? 'Select all' : 'Select all new'}
              </Button>
              <Button
                size="small"
                variant="quiet"
                onPress={() => onDecide(decideAll(decided, candidates, 'skip'))}
              >
                Select none
              </Button>
            </div>
          )}
          {known.length < 2 ? null : (
            <div className="preview-known">
              <Select
                label={`All ${known.length} that are already there`}
                options={forKnown === null ? decisionsForAll : decisions}
                value={forKnown ?? 'mixed'}
                onChange={(next) => {
                  if (next !== 'mixed') onDecide(decideAll(decided, known, next));
                }}
              />
            </div>
          )}
        </div>
      )}
      {found.length === 0 ? (
        <p className="muted preview-nothing">Nothing that was found holds “{search.trim()}”.</p>
      ) : (
        <VirtualList
          label="Accounts found"
          rows={found}
          rowId={({ id }) => id}
          rowHeight={ROW_HEIGHT}
          render={(candidate) => (
            <CandidateRow
              candidate={candidate}
              isOnly={candidates.length === 1}
              decision={decisionOn(decided, candidate)}
              onDecide={(decision) => choose(candidate, decision)}
            />
          )}
        />
      )}
    </div>
  );
}

/** Only what differs from the usual 6 digits, 30 s, SHA-1. */
function unusual({ type, digits, periodS, algorithm, tags, hasNote, pinned }: Candidate): string {
  return [
    type === 'steam' ? 'Steam' : type === 'hotp' ? 'counter-based' : '',
    type === 'steam' || digits === 6 ? '' : `${digits} digits`,
    type !== 'totp' || periodS === 30 ? '' : `every ${periodS} s`,
    algorithm === 'SHA-1' ? '' : algorithm,
    tags.length === 0 ? '' : tags.map((tag) => `#${tag}`).join(' '),
    hasNote ? 'note' : '',
    pinned ? 'pinned' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

interface CandidateRowProps {
  readonly candidate: Candidate;
  readonly isOnly: boolean;
  readonly decision: Decision;
  readonly onDecide: (decision: Decision) => void;
}

function CandidateRow({ candidate, isOnly, decision, onDecide }: CandidateRowProps): ReactNode {
  const isNew = candidate.status === 'new';
  const words = [accountSubtitle(candidate), unusual(candidate)].filter((part) => part !== '').join(' · ');
  return (
    <div className="candidate">
      {isOnly ? null : (
        <Checkbox
          label={<span className="visually-hidden">{accountWords(candidate)}</span>}
          isSelected={decision !== 'skip'}
          onChange={(isSelected) => onDecide(!isSelected ? 'skip' : isNew ? 'add' : 'replace')}
        />
      )}
      <Avatar issuer={candidate.issuer} name={candidate.name} />
      <div className="candidate-words">
        <div className="account-title">
          <span className="wrap-anywhere">{accountTitle(candidate)}</span>
          {isNew ? <Badge tone="right">New</Badge> : <Badge>Already there</Badge>}
        </div>
        {words === '' ? null : <div className="muted small wrap-anywhere">{words}</div>}
        {candidate.warnings.map((warning) => (
          <p key={warning} className="candidate-warning small">
            <Icon name="warning" size={14} /> {warning}
          </p>
        ))}
      </div>
      {isNew ? null : (
        <div className="candidate-decision">
          <Select
            label={`What becomes of ${accountWords(candidate)}`}
            hideLabel
            options={decisions}
            value={decision}
            onChange={onDecide}
          />
        </div>
      )}
    </div>
  );
}

interface DetailsProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

/** A list that opens and closes, with its count in the title; nothing where there is nothing to list. */
function Details({ title, count, children }: DetailsProps): ReactNode {
  if (count === 0) return null;
  return (
    <Disclosure title={`${title} (${count})`} isOpenAtFirst={count <= OPEN_UP_TO}>
      {children}
    </Disclosure>
  );
}
