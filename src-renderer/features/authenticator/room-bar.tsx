// The bar above the list: tags on the left; order, hiding of codes and what is needed rarely on the right.
import type { ReactNode } from 'react';
import { navigate } from '../../app/route.ts';
import type { AccountOrder } from '../../../src-shared/contract/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { ChoiceMenu, Menu } from '../../ui/menu.tsx';
import { startAdding, startExport } from '../transfer/open-transfer.ts';
import type { TagCount } from './account-tags.ts';
import { TagBar } from './tag-bar.tsx';

const orders = [
  { value: 'manual', label: 'By hand' },
  { value: 'name', label: 'Name' },
  { value: 'recent', label: 'Last used' },
  { value: 'frequent', label: 'Most used' },
] as const satisfies readonly { value: AccountOrder; label: string }[];

export interface RoomBarProps {
  readonly tags: readonly TagCount[];
  readonly tag: string | null;
  readonly onTag: (tag: string | null) => void;
  readonly order: AccountOrder;
  readonly onOrder: (order: AccountOrder) => void;
  readonly hidesCodes: boolean;
  readonly onToggleCodes: () => void;
  readonly onKeyboard: () => void;
}

export function RoomBar(props: RoomBarProps): ReactNode {
  const { tags, tag, onTag, order, onOrder, hidesCodes, onToggleCodes, onKeyboard } = props;
  return (
    <div className="room-bar">
      <TagBar tags={tags} selected={tag} onSelect={onTag} />
      <div className="room-bar-end">
        <ChoiceMenu label="Order" icon="sort" options={orders} value={order} onChange={onOrder} />
        <IconButton
          icon={hidesCodes ? 'eyeOff' : 'eye'}
          label={hidesCodes ? 'Show all codes' : 'Hide all codes'}
          onPress={onToggleCodes}
        />
        <Menu
          label="More"
          actions={[
            { id: 'import', label: 'Import…', icon: 'file', onAction: () => startAdding('file') },
            { id: 'export', label: 'Export…', icon: 'download', onAction: () => startExport() },
            {
              id: 'trash',
              label: 'Trash',
              icon: 'trash',
              onAction: () => navigate('authenticator', 'trash'),
            },
            { id: 'keyboard', label: 'Keyboard', icon: 'keyboard', hint: '?', onAction: onKeyboard },
          ]}
        />
      </div>
    </div>
  );
}
