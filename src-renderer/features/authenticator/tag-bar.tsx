// The tags above the list: choose one to see its accounts alone, rename it or take it off everywhere.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { MAX_TAG_CHARACTERS } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { ChoiceChips } from '../../ui/choice-chips.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { ChoiceMenu, Menu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { TagCount } from './account-tags.ts';

/** Further ones are in a menu. */
const CHIPS = 4;
/** No tag is empty, so this is none. */
const ALL = '';

export interface TagBarProps {
  readonly tags: readonly TagCount[];
  readonly selected: string | null;
  readonly onSelect: (tag: string | null) => void;
}

export function TagBar({ tags, selected, onSelect }: TagBarProps): ReactNode {
  const [changing, setChanging] = useState<'rename' | 'remove' | null>(null);
  if (tags.length === 0) return null;
  const first = tags.slice(0, CHIPS);
  const others = tags.slice(CHIPS);
  const chosen = others.find(({ tag }) => tag === selected);
  const chips = chosen === undefined ? first : [...first.slice(0, -1), chosen];
  const select = (tag: string): void => onSelect(tag === ALL ? null : tag);
  return (
    <div className="tag-bar">
      <ChoiceChips
        label="Show accounts with a tag"
        choices={[
          { id: ALL, label: 'All' },
          ...chips.map(({ tag, count }) => ({ id: tag, label: tag, count })),
        ]}
        selected={selected ?? ALL}
        onSelect={select}
      />
      {others.length === 0 ? null : (
        <ChoiceMenu
          label="More tags"
          icon="tag"
          options={tags
            .filter(({ tag }) => !chips.some((chip) => chip.tag === tag))
            .map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))}
          value={null}
          onChange={select}
        />
      )}
      {selected === null ? null : (
        <Menu
          label={`Actions for the tag ${selected}`}
          actions={[
            { id: 'rename', label: 'Rename tag', icon: 'pencil', onAction: () => setChanging('rename') },
            {
              id: 'remove',
              label: 'Remove tag',
              icon: 'trash',
              isDanger: true,
              onAction: () => setChanging('remove'),
            },
          ]}
        />
      )}
      {selected !== null && changing === 'rename' ? (
        <RenameTag
          tag={selected}
          isKnown={(name) => tags.some(({ tag }) => tag === name)}
          onRenamed={onSelect}
          onClose={() => setChanging(null)}
        />
      ) : null}
      {selected !== null && changing === 'remove' ? (
        <RemoveTag
          tag={selected}
          count={tags.find(({ tag }) => tag === selected)?.count ?? 0}
          onRemoved={() => onSelect(null)}
          onClose={() => setChanging(null)}
        />
      ) : null}
    </div>
  );
}

interface RenameTagProps {
  readonly tag: string;
  readonly isKnown: (name: string) => boolean;
  readonly onRenamed: (name: string) => void;
  readonly onClose: () => void;
}

function RenameTag({ tag, isKnown, onRenamed, onClose }: RenameTagProps): ReactNode {
  const rename = useAction('authenticator:renameTag');
  const [name, setName] = useState(tag);
  const to = name.trim();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (to === '') return;
    rename.mutate(
      { from: tag, to },
      {
        onSuccess: () => {
          onRenamed(to);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title="Rename tag"
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <FormActions
          form="rename-tag"
          label="Rename"
          onCancel={onClose}
          isPending={rename.isPending}
          isReady={to !== ''}
        />
      }
    >
      <form id="rename-tag" className="stack" onSubmit={submit}>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          maxLength={MAX_TAG_CHARACTERS}
          autoFocus
          hint={
            to !== tag && isKnown(to)
              ? 'This tag is there already: the two become one.'
              : 'On every account that has it'
          }
        />
        {rename.error === null ? null : <ErrorNote error={rename.error} />}
      </form>
    </Dialog>
  );
}

interface RemoveTagProps {
  readonly tag: string;
  readonly count: number;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

function RemoveTag({ tag, count, onRemoved, onClose }: RemoveTagProps): ReactNode {
  const remove = useAction('authenticator:renameTag');
  return (
    <ConfirmDialog
      title="Remove this tag?"
      isOpen
      onClose={onClose}
      confirmLabel="Remove tag"
      isDanger
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(
          { from: tag, to: null },
          {
            onSuccess: () => {
              onRemoved();
              onClose();
            },
          },
        )
      }
    >
      <p className="wrap-anywhere">
        “{tag}” is taken off {count === 1 ? 'the one account' : `the ${count} accounts`} that{' '}
        {count === 1 ? 'has' : 'have'} it. The accounts stay.
      </p>
    </ConfirmDialog>
  );
}
