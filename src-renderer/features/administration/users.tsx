// The users of the organization: how far the roll-out is, who they are, and what can be done for one or many of them.
import { type ReactNode, useState } from 'react';
import type {
  BulkAction,
  Directory,
  UserFilter,
  UserQuery,
  UserRow,
  UserSort,
} from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useIsNarrow } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { saveFile } from '../console/save-file.ts';
import type { StepOf } from '../console/screen-step.ts';
import { counted } from '../console/time-words.ts';
import { AddUserDialog } from './add-user-dialog.tsx';
import './administration.css';
import { BulkBar } from './bulk-bar.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { ImportUsersDialog } from './import-users-dialog.tsx';
import { RollOut } from './roll-out.tsx';
import { nobody, type Selection } from './selection.ts';
import { UnitSelect } from './unit-select.tsx';
import { UnitsDialog } from './units-dialog.tsx';
import { everyone, pageInput } from './use-user-pages.ts';
import { useSettled } from './use-settled.ts';
import { UserActionDialog } from './user-action-dialog.tsx';
import { type UserAction, UserMenu } from './user-menu.tsx';
import { UserTable } from './user-table.tsx';
import './users.css';

const TYPING_PAUSE_MS = 180;

const filters: readonly { readonly value: UserFilter; readonly label: string }[] = [
  { value: 'all', label: 'Everyone' },
  { value: 'missing', label: 'Missing' },
  { value: 'not-set-up', label: 'Not set up' },
  { value: 'pending', label: 'Pending' },
  { value: 'set-up', label: 'Set up' },
  { value: 'service-account', label: 'Service accounts' },
  { value: 'blocked', label: 'Blocked' },
  { value: 'locked', label: 'Locked' },
  { value: 'inactive', label: 'Deactivated' },
  { value: 'administrators', label: 'Administrators' },
  { value: 'backup-not-proven', label: 'Backup not proven' },
];

/** For narrow windows, in which most columns have no head. */
const sorts: readonly { readonly value: UserSort; readonly label: string }[] = [
  { value: 'display-name', label: 'By name' },
  { value: 'user-name', label: 'By user name' },
  { value: 'role', label: 'By role' },
  { value: 'state', label: 'By state' },
  { value: 'factor', label: 'By two-factor' },
  { value: 'last-sign-in', label: 'By last sign-in' },
  { value: 'trusted-browsers', label: 'By trusted browsers' },
  { value: 'backup-proven', label: 'By backup proven' },
  { value: 'created', label: 'By date added' },
];

/** Those whose newest or most come first. */
const beginsDescending: ReadonlySet<UserSort> = new Set([
  'last-sign-in',
  'trusted-browsers',
  'backup-proven',
  'created',
]);

type Open =
  | { readonly kind: 'add' | 'import' | 'units' }
  | { readonly kind: 'action'; readonly action: UserAction; readonly user: UserRow }
  | { readonly kind: 'bulk'; readonly action: BulkAction };

export function Users({ step }: { readonly step: StepOf<'signed-in'> }): ReactNode {
  const [asked, setAsked] = useState(everyone);
  const [selection, setSelection] = useState(nobody);
  const [open, setOpen] = useState<Open | null>(null);
  const search = useSettled(asked.search.trim(), TYPING_PAUSE_MS);
  const query = { ...asked, search };
  const first = useCall('administration:directory', pageInput(query, 0), { keepPrevious: true });
  const directory = first.data;
  const close = (): void => setOpen(null);
  /** What is chosen is of the list as it was: it does not reach into another one. */
  const ask = (change: Partial<UserQuery>): void => {
    setAsked({ ...asked, ...change });
    setSelection(nobody);
  };

  if (directory === undefined) {
    return first.error === null ? (
      <Skeleton rows={6} />
    ) : (
      <ErrorNote error={first.error} onRetry={() => void first.refetch()} />
    );
  }
  return (
    <div className="stack users">
      {directory.limitedToUnitId === null ? <RollOut step={step} directory={directory} /> : null}
      <Tools directory={directory} asked={asked} query={query} onAsk={ask} onOpen={setOpen} />
      {first.error === null ? null : <ErrorNote error={first.error} onRetry={() => void first.refetch()} />}
      {directory.matching === 0 ? (
        <NobodyFound query={query} onClear={() => ask({ search: '', filter: 'all', unitId: null })} />
      ) : (
        <UserTable
          // Another list begins at its top, and no range reaches into it.
          key={`${query.search} ${query.filter} ${query.unitId ?? ''}`}
          myId={step.person.id}
          query={query}
          directory={directory}
          isStale={first.isPlaceholderData}
          selection={selection}
          onSelect={setSelection}
          onSort={(sort, descending) => setAsked({ ...asked, sort, descending })}
          renderActions={(user) => (
            <UserMenu
              user={user}
              asking={{
                isMe: user.id === step.person.id,
                isLimited: directory.limitedToUnitId !== null,
                hasUnits: directory.units.length > 0,
              }}
              onChoose={(action) => setOpen({ kind: 'action', action, user })}
            />
          )}
        />
      )}
      <BulkBar
        selection={selection}
        matching={directory.matching}
        canMove={directory.limitedToUnitId === null && directory.units.length > 0}
        onSelectAll={() => setSelection({ kind: 'matching', count: directory.matching })}
        onClear={() => setSelection(nobody)}
        onChoose={(action) => setOpen({ kind: 'bulk', action })}
      />
      {open === null ? null : (
        <OpenDialog
          open={open}
          step={step}
          directory={directory}
          query={query}
          selection={selection}
          onBulkDone={() => setSelection(nobody)}
          onClose={close}
        />
      )}
    </div>
  );
}

interface OpenDialogProps {
  readonly open: Open;
  readonly step: StepOf<'signed-in'>;
  readonly directory: Directory;
  readonly query: UserQuery;
  readonly selection: Selection;
  readonly onBulkDone: () => void;
  readonly onClose: () => void;
}

function OpenDialog(props: OpenDialogProps): ReactNode {
  const { open, step, directory, query, selection, onBulkDone, onClose } = props;
  const { units, limitedToUnitId } = directory;
  const isCodeAsked = step.factorSetUp;
  switch (open.kind) {
    case 'add':
      return (
        <AddUserDialog
          addsUsersOnly={step.factorSetUp}
          units={units}
          limitedToUnitId={limitedToUnitId}
          onClose={onClose}
        />
      );
    case 'import':
      return <ImportUsersDialog isCodeAsked={isCodeAsked} onClose={onClose} />;
    case 'units':
      return <UnitsDialog units={units} onClose={onClose} />;
    case 'action':
      return (
        <UserActionDialog
          key={`${open.action} ${open.user.id}`}
          action={open.action}
          user={open.user}
          units={units}
          isLimited={limitedToUnitId !== null}
          isCodeAsked={isCodeAsked}
          onClose={onClose}
        />
      );
    case 'bulk':
      return (
        <BulkDialog
          key={open.action}
          action={open.action}
          selection={selection}
          query={query}
          units={units}
          isCodeAsked={isCodeAsked}
          onDone={onBulkDone}
          onClose={onClose}
        />
      );
  }
}

interface ToolsProps {
  readonly directory: Directory;
  readonly asked: UserQuery;
  /** As main is asked: what is exported. */
  readonly query: UserQuery;
  readonly onAsk: (change: Partial<UserQuery>) => void;
  readonly onOpen: (open: Open) => void;
}

function Tools({ directory, asked, query, onAsk, onOpen }: ToolsProps): ReactNode {
  const exporting = useAction('administration:exportUsers');
  const isNarrow = useIsNarrow();
  const { counts, matching, units, limitedToUnitId } = directory;
  const isAll = query.search === '' && query.filter === 'all' && query.unitId === null;
  const saveList = (): void =>
    exporting.mutate(query, {
      onSuccess: (file) => {
        saveFile(file);
        showToast({ message: `The list was exported: ${counted(matching, 'user')}.`, tone: 'right' });
      },
      onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }),
    });
  const more: readonly (MenuAction | false)[] = [
    { id: 'import', label: 'Import users…', icon: 'file', onAction: () => onOpen({ kind: 'import' }) },
    {
      id: 'export',
      label: isAll ? 'Export the list' : `Export ${counted(matching, 'user')}`,
      icon: 'download',
      isDisabled: exporting.isPending,
      onAction: saveList,
    },
    limitedToUnitId === null && {
      id: 'units',
      label: 'Units…',
      icon: 'building',
      onAction: () => onOpen({ kind: 'units' }),
    },
  ];
  return (
    <>
      <div className="section-head">
        <h2>
          {limitedToUnitId === null ? 'Users' : `Users of ${units[0]?.name ?? 'your unit'}`}{' '}
          <span className="page-count" role="status">
            {isAll
              ? counts.total.toLocaleString('en-GB')
              : `${matching.toLocaleString('en-GB')} of ${counts.total.toLocaleString('en-GB')}`}
          </span>
        </h2>
        <div className="cluster">
          <Menu
            label="More: import, export and units"
            buttonText="More"
            actions={more.filter((action) => action !== false)}
          />
          <Button variant="primary" icon="plus" onPress={() => onOpen({ kind: 'add' })}>
            Add user
          </Button>
        </div>
      </div>
      <div className="user-tools">
        <SearchField
          label="Search name or user name"
          value={asked.search}
          onChange={(search) => onAsk({ search })}
        />
        <Select
          label="Show"
          hideLabel
          options={filters}
          value={asked.filter}
          onChange={(filter) => onAsk({ filter })}
        />
        {limitedToUnitId === null && units.length > 0 ? (
          <UnitSelect
            label="Unit"
            hideLabel
            noneLabel="All units"
            units={units}
            value={asked.unitId}
            onChange={(unitId) => onAsk({ unitId })}
          />
        ) : null}
        {isNarrow ? (
          <Select
            label="Sort"
            hideLabel
            options={sorts}
            value={asked.sort}
            onChange={(sort) => onAsk({ sort, descending: beginsDescending.has(sort) })}
          />
        ) : null}
      </div>
    </>
  );
}

interface NobodyFoundProps {
  readonly query: UserQuery;
  readonly onClear: () => void;
}

function NobodyFound({ query, onClear }: NobodyFoundProps): ReactNode {
  const isSearch = query.search !== '';
  const filter = filters.find(({ value }) => value === query.filter)?.label ?? '';
  const narrowed = [
    ...(isSearch ? [`No name or user name holds “${query.search}”`] : ['There is nobody']),
    ...(query.filter === 'all' ? [] : [`among “${filter}”`]),
    ...(query.unitId === null ? [] : ['in this unit']),
  ];
  return (
    <Card>
      <EmptyState
        icon="search"
        title="Nobody found"
        actions={<Button onPress={onClear}>{isSearch ? 'Clear search' : 'Show everyone'}</Button>}
      >
        {narrowed.join(' ')}.
      </EmptyState>
    </Card>
  );
}
