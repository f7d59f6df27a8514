// All keys of the authenticator's room on one sheet.
import type { ReactNode } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';

/** Keys pressed together are one group; groups are alternatives. */
const keys: readonly { readonly groups: readonly (readonly string[])[]; readonly what: string }[] = [
  { groups: [['/']], what: 'Search' },
  { groups: [['↑'], ['↓']], what: 'Move, also from the search field' },
  { groups: [['↵']], what: 'Copy the code, also from the search field' },
  { groups: [['N'], ['Shift', '↵']], what: 'Copy the next code' },
  { groups: [['Esc']], what: 'Clear the search' },
  { groups: [['E'], ['F2']], what: 'Edit' },
  { groups: [['P']], what: 'Pin, or take the pin off' },
  {
    groups: [
      ['Alt', '↑'],
      ['Alt', '↓'],
    ],
    what: 'Move up or down, where the order is by hand',
  },
  { groups: [['Del']], what: 'Delete' },
  { groups: [['H']], what: 'Hide or show all codes' },
  { groups: [['Shift', 'F10']], what: 'All actions' },
  {
    groups: [
      ['Ctrl', 'L'],
      ['⌘', 'L'],
    ],
    what: 'Lock Twofold',
  },
  { groups: [['?']], what: 'This list' },
];

export function KeyboardDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog title="Keyboard" isOpen onClose={onClose} size="small">
      {/* Reached by Tab, so that the keys scroll it in a low window. */}
      <dl className="key-list" tabIndex={0}>
        {keys.map(({ groups, what }) => (
          <div key={what} className="key-line">
            <dt>
              {groups.map((group) => (
                <span key={group.join(' ')} className="key-group">
                  {group.map((key) => (
                    <KeyHint key={key}>{key}</KeyHint>
                  ))}
                </span>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
