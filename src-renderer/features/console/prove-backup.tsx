// The restore drill: a second authenticator, set up from what was kept, shows a code. Then the kept secret is known to work.
import type { ReactNode } from 'react';
import type { MyAccount } from '../../../src-shared/contract/index.ts';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from './coded-dialog.tsx';

export interface ProveBackupDialogProps {
  readonly onDone: (account: MyAccount) => void;
  readonly onClose: () => void;
}

export function ProveBackupDialog({ onDone, onClose }: ProveBackupDialogProps): ReactNode {
  return (
    <CodedDialog
      title="Prove that it works"
      method="console:proveBackup"
      inputOf={(code) => ({ code: code ?? '' })}
      isCodeAlwaysAsked
      codeLabel="Code of the second authenticator"
      codeHint="Not of your own device: that proves nothing about the sheet. Delete the account there afterwards."
      confirmLabel="Prove"
      onDone={(account) => {
        showToast({ message: 'The kept secret works.', tone: 'right' });
        onDone(account);
      }}
      onClose={onClose}
    >
      <ol className="plain-steps">
        <li>Take the paper, the PDF or the picture that you kept.</li>
        <li>Scan it with a second authenticator app, or type its secret there.</li>
        <li>Enter the code that this second app shows.</li>
      </ol>
    </CodedDialog>
  );
}
