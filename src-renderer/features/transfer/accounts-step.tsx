// Which accounts go out: all, those with a tag, or those that are ticked.
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { accountSubtitle, accountTitle, countWords } from '../authenticator/account-label.ts';
import { searchAccounts } from '../authenticator/account-search.ts';
import { type Selection, selectedAccounts, tagsOf } from './export-plan.ts';

const ROW_HEIGHT = 46;
/** A shorter list needs no search. */
const SEARCH_FROM = 10;

export interface AccountsStepProps {
  readonly accounts: readonly Account[];
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

export function AccountsStep({ accounts, selection, onSelect }: AccountsStepProps): ReactNode {
  const tags = tagsOf(accounts);
  const [firstTag] = tags;
  const kinds = [
    { value: 'all', label: `All ${countWords(accounts.length)}` },
    ...(firstTag === undefined ? [] : [{ value: 'tag', label: 'Those with a tag' } as const]),
    { value: 'some', label: 'Selected accounts' },
  ] as const;
  const choose = (kind: Selection['kind']): void => {
    if (kind === 'all') onSelect({ kind });
    else if (kind === 'tag') onSelect({ kind, tag: firstTag ?? '' });
    else onSelect({ kind, ids: new Set(selectedAccounts(selection, accounts).map(({ id }) => id)) });
  };
  return (
    <div className="stack">
      <RadioGroup label="Which accounts?" options={kinds} value={selection.kind} onChange={choose} />
      {selection.kind === 'tag' ? (
        <Select
          label="Tag"
          options={tags.map((tag) => ({ value: tag, label: tag }))}
          value={selection.tag}
          onChange={(tag) => onSelect({ kind: 'tag', tag })}
        />
      ) : null}
      {selection.kind === 'some' ? (
        <Ticks accounts={accounts} ids={selection.ids} onChange={(ids) => onSelect({ kind: 'some', ids })} />
      ) : null}
    </div>
  );
}

interface TicksProps {
  readonly accounts: readonly Account[];
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

function Ticks({ accounts, ids, onChange }: TicksProps): ReactNode {
  const [search, setSearch] = useState('');
  const found = searchAccounts(accounts, useDeferredValue(search));
  const tick = (id: string, isTicked: boolean): void => {
    const next = new Set(ids);
    if (isTicked) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  const tickFound = (): void => onChange(new Set([...ids, ...found.map(({ id }) => id)]));
  return (
    <div className="stack tight">
      <div className="export-tools">
        {accounts.length < SEARCH_FROM ? null : (
          <TextField
            label="Search accounts"
            hideLabel
            placeholder="Search accounts"
            value={search}
            onChange={setSearch}
            maxLength={200}
            autoComplete="off"
            spellCheck="false"
          />
        )}
        <div className="cluster">
          <Button size="small" variant="quiet" onPress={tickFound}>
            {search.trim() === '' ? 'Select all' : `Select these ${found.length}`}
          </Button>
          <Button size="small" variant="quiet" onPress={() => onChange(new Set())}>
            Select none
          </Button>
        </div>
      </div>
      {found.length === 0 ? (
        <p className="muted export-nothing">No account holds “{search.trim()}”.</p>
      ) : (
        <VirtualList
          label="Accounts to export"
          rows={found}
          rowId={({ id }) => id}
          rowHeight={ROW_HEIGHT}
          render={(account) => (
            <div className="export-account">
              <Checkbox
                label={
                  <span className="wrap-anywhere">
                    <strong>{accountTitle(account)}</strong>{' '}
                    <span className="muted">{accountSubtitle(account)}</span>
                  </span>
                }
                isSelected={ids.has(account.id)}
                onChange={(isTicked) => tick(account.id, isTicked)}
              />
            </div>
          )}
        />
      )}
    </div>
  );
}
