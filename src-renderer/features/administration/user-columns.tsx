// The columns of the list of users: what each shows, and what it is sorted by.
import type { ReactNode } from 'react';
import type { Unit, UserRow, UserSort } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { exactTime, timeOfDay, whenWords } from '../console/time-words.ts';
import { FactorBadge } from './factor-words.tsx';

export interface UserColumn extends Column<UserRow> {
  readonly sort: UserSort;
  /** Sorted from the newest or most first. */
  readonly beginsDescending?: boolean;
}

const moment = (atMs: number | null): ReactNode => (
  <span className="tabular" {...(atMs === null ? {} : { title: exactTime(atMs) })}>
    {whenWords(atMs)}
  </span>
);

function NameCell({
  user,
  isMe,
  isNarrow,
}: {
  readonly user: UserRow;
  readonly isMe: boolean;
  readonly isNarrow: boolean;
}): ReactNode {
  return (
    <>
      <div className="user-name-line">
        <span className="table-title one-line" title={user.displayName}>
          {user.displayName}
        </span>
        {isMe ? <Badge>You</Badge> : null}
        {isNarrow ? <StateBadge user={user} /> : null}
      </div>
      <div className="table-subtitle one-line" title={user.userName}>
        {user.userName}
      </div>
    </>
  );
}

/** Nothing for a user who can simply sign in. */
function StateBadge({ user }: { readonly user: UserRow }): ReactNode {
  if (!user.active) return <Badge>Deactivated</Badge>;
  if (user.lockedUntilMs === null) return null;
  return <Badge tone="attention">Locked until {timeOfDay(user.lockedUntilMs)}</Badge>;
}

function StateCell({ user }: { readonly user: UserRow }): ReactNode {
  if (!user.active) return <Badge>Deactivated</Badge>;
  if (user.lockedUntilMs !== null) {
    return (
      <>
        <Badge tone="attention">Locked</Badge>
        <div className="table-subtitle">until {timeOfDay(user.lockedUntilMs)}</div>
      </>
    );
  }
  return (
    <>
      <div>Active</div>
      {user.mustChangePassword ? (
        <div
          className="table-subtitle one-line"
          title="Has a one-time password, to be changed at the next sign-in"
        >
          password due
        </div>
      ) : null}
    </>
  );
}

function RoleCell({
  user,
  units,
}: {
  readonly user: UserRow;
  readonly units: ReadonlyMap<string, string>;
}): ReactNode {
  const nameOf = (unitId: string | null): string | undefined =>
    unitId === null ? undefined : units.get(unitId);
  const administers = nameOf(user.administersUnitId);
  const second = administers === undefined ? nameOf(user.unitId) : `of ${administers}`;
  return (
    <>
      <div>{user.role === 'administrator' ? 'Administrator' : 'User'}</div>
      {second === undefined ? null : (
        <div className="table-subtitle one-line" title={second}>
          {second}
        </div>
      )}
    </>
  );
}

/** For that person's list. A narrow window shows the name and two-factor authentication alone. */
export function userColumns(myId: string, units: readonly Unit[], isNarrow: boolean): readonly UserColumn[] {
  const names = new Map(units.map(({ id, name }) => [id, name] as const));
  const all: readonly UserColumn[] = [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(150px, 1.7fr)',
      sort: 'display-name',
      render: (user) => <NameCell user={user} isMe={user.id === myId} isNarrow={isNarrow} />,
    },
    {
      id: 'role',
      header: 'Role',
      width: 'minmax(104px, 1fr)',
      isExtra: true,
      sort: 'role',
      render: (user) => <RoleCell user={user} units={names} />,
    },
    {
      id: 'state',
      header: 'State',
      width: 'minmax(118px, 0.9fr)',
      isExtra: true,
      sort: 'state',
      render: (user) => <StateCell user={user} />,
    },
    {
      id: 'factor',
      header: 'Two-factor',
      width: 'minmax(128px, 1.1fr)',
      sort: 'factor',
      render: (user) => <FactorBadge user={user} />,
    },
    {
      id: 'last-sign-in',
      header: 'Last sign-in',
      width: 'minmax(104px, 0.8fr)',
      isExtra: true,
      sort: 'last-sign-in',
      beginsDescending: true,
      render: (user) => moment(user.lastSignInAtMs),
    },
    {
      id: 'trusted-browsers',
      header: 'Trusted',
      width: '78px',
      isExtra: true,
      sort: 'trusted-browsers',
      beginsDescending: true,
      render: (user) => (user.factor === 'service-account' ? '–' : user.trustedBrowsers),
    },
    {
      id: 'backup-proven',
      header: 'Backup proven',
      width: 'minmax(114px, 0.8fr)',
      isExtra: true,
      sort: 'backup-proven',
      beginsDescending: true,
      render: (user) => (user.factor === 'service-account' ? '–' : moment(user.backupProvenAtMs)),
    },
  ];
  return all.filter((column) => !isNarrow || column.isExtra !== true);
}
