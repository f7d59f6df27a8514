// The users of the organization: how far the roll-out is, and what can be done for each of them.
import { type ReactNode, useEffect, useState } from 'react';
import type { Directory, UserRow } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import type { StepOf } from '../console/screen-step.ts';
import { exactTime, timeOfDay, whenWords } from '../console/time-words.ts';
import { AddUserDialog } from './add-user-dialog.tsx';
import './administration.css';
import { FactorBadge } from './factor-words.tsx';
import { Pager } from './pager.tsx';
import { RollOut } from './roll-out.tsx';
import { UserActionDialog } from './user-action-dialog.tsx';
import { type UserAction, UserMenu } from './user-menu.tsx';

const PAGE = 100;
const TYPING_PAUSE_MS = 180;

/** Follows a value after a pause, so that main is not asked at each key. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export interface Chosen {
  readonly action: UserAction;
  readonly user: UserRow;
}

export function Users({ step }: { readonly step: StepOf<'signed-in'> }): ReactNode {
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isAdding, setAdding] = useState(false);
  const settledSearch = useSettled(search.trim());
  const { data, error, refetch } = useCall(
    'administration:directory',
    { search: settledSearch, offset, limit: PAGE },
    { keepPrevious: true },
  );

  return (
    <div className="stack users">
      <div className="section-head">
        <h2>
          Users{' '}
          {data === undefined ? null : (
            <span className="page-count">{data.counts.total.toLocaleString('en-GB')}</span>
          )}
        </h2>
        <div className="page-actions">
          <SearchField
            label="Search name or user name"
            value={search}
            onChange={(value) => {
              setSearch(value);
              setOffset(0);
            }}
          />
          <Button variant="primary" icon="plus" onPress={() => setAdding(true)}>
            Add user
          </Button>
        </div>
      </div>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Skeleton rows={6} />
        ) : null
      ) : (
        <>
          <RollOut step={step} directory={data} />
          <UserTable
            step={step}
            directory={data}
            search={settledSearch}
            onClearSearch={() => setSearch('')}
            onChoose={setChosen}
          />
          <Pager offset={offset} limit={PAGE} total={data.matching} onMove={setOffset} />
        </>
      )}
      {isAdding ? <AddUserDialog addsUsersOnly={step.factorSetUp} onClose={() => setAdding(false)} /> : null}
      {chosen === null ? null : (
        <UserActionDialog
          key={`${chosen.action} ${chosen.user.id}`}
          action={chosen.action}
          user={chosen.user}
          isCodeAsked={step.factorSetUp}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  );
}

interface UserTableProps {
  readonly step: StepOf<'signed-in'>;
  readonly directory: Directory;
  readonly search: string;
  readonly onClearSearch: () => void;
  readonly onChoose: (chosen: Chosen) => void;
}

function UserTable({ step, directory, search, onClearSearch, onChoose }: UserTableProps): ReactNode {
  if (directory.users.length === 0) {
    return (
      <Card>
        <EmptyState
          icon="search"
          title="Nobody found"
          actions={<Button onPress={onClearSearch}>Clear search</Button>}
        >
          No name or user name holds “{search}”.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <DataTable
        label="Users"
        columns={columns(step, onChoose)}
        rows={directory.users}
        rowId={(user) => user.id}
        total={directory.matching}
      />
    </Card>
  );
}

const columns = (
  step: StepOf<'signed-in'>,
  onChoose: (chosen: Chosen) => void,
): readonly Column<UserRow>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(150px, 1.5fr)',
    render: (user) => <NameCell user={user} isMe={user.id === step.person.id} />,
  },
  {
    id: 'role',
    header: 'Role',
    width: 'minmax(100px, 0.8fr)',
    isExtra: true,
    render: (user) => (user.role === 'administrator' ? 'Administrator' : 'User'),
  },
  {
    id: 'factor',
    header: 'Two-factor authentication',
    width: 'minmax(170px, 1.5fr)',
    render: (user) => <FactorBadge user={user} />,
  },
  {
    id: 'last-sign-in',
    header: 'Last sign-in',
    width: 'minmax(126px, 0.9fr)',
    isExtra: true,
    render: (user) => (
      <>
        <div
          className="tabular"
          {...(user.lastSignInAtMs === null ? {} : { title: exactTime(user.lastSignInAtMs) })}
        >
          {whenWords(user.lastSignInAtMs)}
        </div>
        {user.mustChangePassword ? <div className="table-subtitle">one-time password</div> : null}
      </>
    ),
  },
  {
    id: 'trusted-browsers',
    header: 'Trusted browsers',
    width: 'minmax(118px, 0.7fr)',
    isExtra: true,
    render: (user) => (user.factor === 'service-account' ? '–' : user.trustedBrowsers),
  },
  {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    width: '36px',
    render: (user) => (
      <UserMenu
        user={user}
        isMe={user.id === step.person.id}
        onChoose={(action) => onChoose({ action, user })}
      />
    ),
  },
];

function NameCell({ user, isMe }: { readonly user: UserRow; readonly isMe: boolean }): ReactNode {
  return (
    <>
      <div className="name-line">
        <span className="table-title">{user.displayName}</span>
        {isMe ? <Badge>You</Badge> : null}
        {user.active ? null : <Badge>Deactivated</Badge>}
        {user.lockedUntilMs === null ? null : (
          <Badge tone="attention">Locked until {timeOfDay(user.lockedUntilMs)}</Badge>
        )}
      </div>
      <div className="table-subtitle">{user.userName}</div>
    </>
  );
}
