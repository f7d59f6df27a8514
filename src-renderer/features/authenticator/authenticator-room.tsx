// The authenticator's room: the accounts with their codes, what is done with them, and the ways to add one.
import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { routeHref, useRoute } from '../../app/route.ts';
import type { Account } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { MenuPopover } from '../../ui/menu.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { BackupReminder } from '../backup/backup-reminder.tsx';
import { startAdding } from '../transfer/open-transfer.ts';
import { accountWords, countWords } from './account-label.ts';
import { type AccountKey, AccountList, LIST_ID } from './account-list.tsx';
import { accountMenu } from './account-menu.ts';
import { placeFor } from './account-order.ts';
import { rowElementId } from './account-row.tsx';
import { countTags } from './account-tags.ts';
import './authenticator.css';
import { ClockLine } from './clock-line.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { keyPlace } from './key-place.ts';
import { KeyboardDialog } from './keyboard-dialog.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { RoomBar } from './room-bar.tsx';
import { Trash } from './trash.tsx';
import { useAccountActions } from './use-account-actions.ts';
import { useCodeBook, useCodesFailed } from './use-codes.ts';
import { useIncoming } from './use-incoming.ts';
import { useListedAccounts } from './use-listed-accounts.ts';

const NONE: readonly Account[] = [];

/** The dialog that is open over the room. */
type OpenDialog =
  { readonly kind: 'edit' | 'reveal'; readonly account: Account } | { readonly kind: 'keyboard' } | null;

/** The row that keys belong to: the account, and where it was, should it go. */
interface ActiveRow {
  readonly id: string | null;
  readonly index: number;
}

const FIRST_ROW: ActiveRow = { id: null, index: 0 };

function activeIndex(accounts: readonly Account[], { id, index }: ActiveRow): number {
  if (id === null || accounts[index]?.id === id) return Math.min(index, accounts.length - 1);
  const moved = accounts.findIndex((account) => account.id === id);
  return moved === -1 ? Math.min(index, accounts.length - 1) : moved;
}

export function AuthenticatorRoom(): ReactNode {
  const { path } = useRoute();
  return path[0] === 'trash' ? <Trash /> : <Accounts />;
}

function Accounts(): ReactNode {
  const list = useCall('authenticator:list', {});
  const { settings, change } = useSettings();
  const book = useCodeBook();
  const codesFailed = useCodesFailed(book);
  const actions = useAccountActions(book);
  const isOver = useIncoming();
  const [search, setSearch] = useState('');
  const [isSearching, setSearching] = useState(false);
  const [wantedTag, setTag] = useState<string | null>(null);
  const [row, setRow] = useState<ActiveRow>(FIRST_ROW);
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [menu, setMenu] = useState<{ readonly account: Account; readonly button: HTMLElement } | null>(null);

  const accounts = list.data?.accounts ?? NONE;
  const tags = useMemo(() => countTags(accounts), [accounts]);
  const tag = tags.some((one) => one.tag === wantedTag) ? wantedTag : null;
  const order = settings?.accountOrder ?? 'manual';
  const found = useListedAccounts(accounts, { order, tag, search });
  const active = activeIndex(found, row);
  const activeAccount = found[active];
  const isFiltered = search !== '' || tag !== null;
  const hidesCodes = settings?.hidesCodes ?? false;

  const showAll = (): void => {
    setSearch('');
    setTag(null);
    setRow(FIRST_ROW);
  };
  const openKeyboard = (): void => setDialog({ kind: 'keyboard' });
  const toggleCodes = (): void => change({ hidesCodes: !hidesCodes });

  const { copy, advance } = actions;
  const activate = useCallback((account: Account, index: number) => setRow({ id: account.id, index }), []);
  const openMenu = useCallback((account: Account, button: HTMLElement) => setMenu({ account, button }), []);
  const commands = useMemo(
    () => ({ activate, copy, advance, openMenu }),
    [activate, copy, advance, openMenu],
  );
  const menuButton = useMemo(() => ({ current: menu?.button ?? null }), [menu]);

  const move = (account: Account, toIndex: number): void => {
    if (order !== 'manual') {
      showToast({ message: 'Choose the order “By hand” to move accounts.' });
      return;
    }
    const place = placeFor(accounts, found, account.id, toIndex);
    if (place !== null) actions.move(account, place);
  };
  const onKey = (key: AccountKey, account: Account): void => {
    if (key === 'edit') setDialog({ kind: 'edit', account });
    else if (key === 'pin') actions.pin(account, !account.pinned);
    else actions.remove(account);
  };

  const onRoomKey = useEffectEvent((event: KeyboardEvent) => {
    const place = keyPlace(event);
    if (place === null || place === 'search' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '?') openKeyboard();
    else if (event.key.toLowerCase() === 'h' && accounts.length > 0) toggleCodes();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onRoomKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  return (
    <Page
      title="Authenticator"
      count={
        accounts.length === 0
          ? undefined
          : isFiltered
            ? `${found.length} of ${countWords(accounts.length)}`
            : countWords(accounts.length)
      }
      actions={
        accounts.length === 0 ? undefined : (
          <>
            <SearchField
              label="Search issuer, account, tag"
              value={search}
              onChange={(next) => {
                setSearch(next);
                setRow(FIRST_ROW);
              }}
              onFocusChange={setSearching}
              {...(activeAccount === undefined
                ? {}
                : { results: { listId: LIST_ID, activeId: rowElementId(activeAccount.id) } })}
            />
            <Button variant="primary" icon="plus" onPress={() => startAdding()}>
              Add account
            </Button>
          </>
        )
      }
    >
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {codesFailed && list.error === null ? (
        <ErrorNote error="The codes cannot be had right now. Twofold goes on trying." />
      ) : null}
      {list.isPending ? <Skeleton rows={5} height={68} /> : null}
      {list.data !== undefined && accounts.length === 0 ? <Empty /> : null}
      {accounts.length === 0 ? null : (
        <>
          <BackupReminder />
          <ClockLine book={book} />
          <RoomBar
            tags={tags}
            tag={tag}
            onTag={(next) => {
              setTag(next);
              setRow(FIRST_ROW);
            }}
            order={order}
            onOrder={(accountOrder) => change({ accountOrder })}
            hidesCodes={hidesCodes}
            onToggleCodes={toggleCodes}
            onKeyboard={openKeyboard}
          />
        </>
      )}
      {accounts.length > 0 && found.length === 0 ? (
        <Card>
          <EmptyState
            icon="search"
            title="Nothing found"
            actions={<Button onPress={showAll}>Show all accounts</Button>}
          >
            No issuer, account or tag holds “{search.trim()}”
            {tag === null ? '' : ` among the accounts with the tag “${tag}”`}.
          </EmptyState>
        </Card>
      ) : null}
      {found.length > 0 ? (
        <>
          <Card flush>
            <AccountList
              accounts={found}
              book={book}
              density={settings?.density ?? 'comfortable'}
              hidesCodes={hidesCodes}
              active={active}
              isSearching={isSearching}
              copiedId={actions.copiedId}
              menuId={menu?.account.id ?? null}
              isMovable={order === 'manual'}
              commands={commands}
              onKey={onKey}
              onMove={move}
            />
          </Card>
          <KeyHints hidesCodes={hidesCodes} />
        </>
      ) : null}
      {menu === null ? null : (
        <MenuPopover
          label={`Actions for ${accountWords(menu.account)}`}
          triggerRef={menuButton}
          isOpen
          onClose={() => setMenu(null)}
          actions={accountMenu(menu.account, actions, {
            edit: (account) => setDialog({ kind: 'edit', account }),
            reveal: (account) => setDialog({ kind: 'reveal', account }),
          })}
        />
      )}
      {dialog?.kind === 'edit' ? (
        <EditDialog
          account={dialog.account}
          knownTags={tags.map((one) => one.tag)}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog?.kind === 'reveal' ? (
        <RevealDialog account={dialog.account} onClose={() => setDialog(null)} />
      ) : null}
      {dialog?.kind === 'keyboard' ? <KeyboardDialog onClose={() => setDialog(null)} /> : null}
      {isOver ? (
        <div className="drop-hint" aria-hidden="true">
          <div className="drop-hint-sheet">
            <Icon name="picture" size={28} />
            Drop a picture of a QR code, or a file of another app
          </div>
        </div>
      ) : null}
    </Page>
  );
}

/** The room without an account: how to add one, and the way to the trash where something lies there. */
function Empty(): ReactNode {
  const deleted = useCall('authenticator:trash', {}).data?.accounts.length ?? 0;
  return (
    <>
      <Card>
        <EmptyState
          icon="key"
          title="Your codes will be here"
          actions={
            <>
              <Button variant="primary" size="large" icon="plus" onPress={() => startAdding()}>
                Add account
              </Button>
              <Button size="large" icon="file" onPress={() => startAdding('file')}>
                Move from another app
              </Button>
            </>
          }
        >
          When a service asks you to set up two-factor authentication, it shows a QR code or a secret. Give it
          to Twofold: drop or paste a picture here, paste the link, or type the secret in.
        </EmptyState>
      </Card>
      {deleted === 0 ? null : (
        <p className="key-hints">
          <a href={routeHref('authenticator', 'trash')}>{countWords(deleted)} in the trash</a>
        </p>
      )}
    </>
  );
}

function KeyHints({ hidesCodes }: { readonly hidesCodes: boolean }): ReactNode {
  return (
    <p className="key-hints">
      <span>
        <KeyHint>↵</KeyHint> copy
      </span>
      <span>
        <KeyHint>N</KeyHint> copy next
      </span>
      <span>
        <KeyHint>E</KeyHint> edit
      </span>
      <span>
        <KeyHint>P</KeyHint> pin
      </span>
      <span>
        <KeyHint>H</KeyHint> {hidesCodes ? 'show codes' : 'hide codes'}
      </span>
      <span>
        <KeyHint>?</KeyHint> all keys
      </span>
    </p>
  );
}
