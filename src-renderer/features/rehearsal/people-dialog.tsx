// The people of the world and their passwords, and the passphrase of its devices: for typing by hand.
import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { ClosingDialog } from '../../ui/dialog.tsx';
import { copyText } from '../console/copy-text.ts';
import { useRehearsal } from './use-rehearsal.ts';

export function PeopleDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { world } = useRehearsal();
  return (
    <ClosingDialog title="People of this world" size="large" onClose={onClose}>
      <div className="stack">
        <p className="muted">They exist here alone, and so do their passwords.</p>
        <ul className="people-list">
          {world.people.map(({ userName, displayName, role, isServiceAccount, password }) => (
            <li key={userName} className="people-line">
              <div className="people-words">
                <span className="table-title">{displayName}</span>{' '}
                {role === 'administrator' ? <Badge>administrator</Badge> : null}{' '}
                {isServiceAccount ? <Badge>service account</Badge> : null}
                <div className="muted small mono">{userName}</div>
              </div>
              <span className="mono wrap-anywhere">{password}</span>
              <IconButton
                icon="copy"
                size={16}
                label={`Copy the password of ${userName}`}
                onPress={() => void copyText(password, 'Password')}
              />
            </li>
          ))}
          {world.devices.length === 0 ? null : (
            <li className="people-line">
              <div className="people-words">
                <span className="table-title">Every device</span>
                <div className="muted small">Its passphrase, once it is locked</div>
              </div>
              <span className="mono wrap-anywhere">{world.passphrase}</span>
              <IconButton
                icon="copy"
                size={16}
                label="Copy the passphrase of the devices"
                onPress={() => void copyText(world.passphrase, 'Passphrase')}
              />
            </li>
          )}
        </ul>
      </div>
    </ClosingDialog>
  );
}
