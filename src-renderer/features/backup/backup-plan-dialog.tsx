// Setting backups up, and changing that: folder, how often, how many, and their password.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { AppStatus, BackupStatus } from '../../../src-shared/contract/index.ts';
import { failureMessage, hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { type Option, Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { isUsable, NewPassphraseFields } from '../keys/new-passphrase-fields.tsx';
import './backup.css';

const OFFERED_GENERATIONS = [1, 3, 5, 10, 20, 50, 100] as const;
const FIRST_GENERATIONS = 10;

/** What is set is offered too. */
const generationsWith = (present: number): readonly Option<string>[] => {
  const offered: readonly number[] = OFFERED_GENERATIONS;
  return [...new Set([...offered, present])]
    .sort((one, other) => one - other)
    .map((count) => ({ value: String(count), label: count === 1 ? '1 file' : `${count} files` }));
};

export interface BackupPlanDialogProps {
  readonly status: BackupStatus;
  readonly host: AppStatus['host'];
  readonly onClose: () => void;
}

export function BackupPlanDialog({ status, host, onClose }: BackupPlanDialogProps): ReactNode {
  /** As it was when the dialog opened. */
  const [present] = useState(status.plan);
  const [plan, setPlan] = useState(
    present ?? { folder: status.suggestedFolder, automatic: true, generations: FIRST_GENERATIONS },
  );
  const [wantsPassword, setWantsPassword] = useState(present === null);
  const [password, setPassword] = useState({ first: '', second: '' });
  const setUp = useAction('backup:setUp');
  const change = useAction('backup:changePlan');
  const choose = useAction('backup:chooseFolder');
  const isPending = setUp.isPending || change.isPending;
  const error = setUp.error ?? change.error;
  const isPasswordRefused = hasCode(error, 'passphrase-refused');
  const isFolderRefused = hasCode(error, 'invalid-input');
  const isReady = plan.folder.trim() !== '' && (!wantsPassword || isUsable(password));

  const forgetErrors = (): void => {
    setUp.reset();
    change.reset();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    const wanted = { ...plan, folder: plan.folder.trim() };
    if (wantsPassword) {
      const onSuccess = (): void => {
        showToast({ message: 'The first backup is made. Test once that it opens.', tone: 'right' });
        onClose();
      };
      setUp.mutate({ password: password.first, plan: wanted }, { onSuccess });
    } else change.mutate(wanted, { onSuccess: onClose });
  };
  const chooseFolder = (): void =>
    choose.mutate(
      {},
      {
        onSuccess: ({ folder }) => {
          if (folder !== null) setPlan({ ...plan, folder });
        },
        onError: (fault) => showToast({ message: failureMessage(fault), tone: 'wrong' }),
      },
    );

  return (
    <Dialog
      title={present === null ? 'Set up backups' : 'Change backups'}
      isOpen
      onClose={onClose}
      isDismissable={!isPending}
      actions={
        <FormActions
          form="backup-plan"
          label={wantsPassword ? 'Make the first backup' : 'Save'}
          onCancel={onClose}
          isPending={isPending}
          isReady={isReady}
        />
      }
    >
      <form id="backup-plan" className="stack loose" onSubmit={submit}>
        <div className={host === 'desktop' ? 'backup-folder with-button' : 'backup-folder'}>
          <TextField
            label="Folder"
            hint="Best on another disk, or in a folder that is synchronized. It is made if it is missing."
            value={plan.folder}
            onChange={(folder) => {
              setPlan({ ...plan, folder });
              forgetErrors();
            }}
            maxLength={4_096}
            mono
            spellCheck="false"
            autoComplete="off"
            error={isFolderRefused ? error.message : undefined}
          />
          {host === 'desktop' ? (
            <Button icon="folder" isPending={choose.isPending} onPress={chooseFolder}>
              Choose
            </Button>
          ) : null}
        </div>
        <Checkbox
          label="Back up by itself"
          hint="Some seconds after each change of your accounts."
          isSelected={plan.automatic}
          onChange={(automatic) => setPlan({ ...plan, automatic })}
        />
        <Select
          label="How many are kept"
          options={generationsWith(plan.generations)}
          value={String(plan.generations)}
          onChange={(generations) => setPlan({ ...plan, generations: Number(generations) })}
          hint="The oldest go. Other files in the folder are not touched."
        />
        {present === null ? null : (
          <Checkbox
            label="Choose another password"
            hint="It counts from the next backup on. Those made before keep theirs."
            isSelected={wantsPassword}
            onChange={setWantsPassword}
          />
        )}
        {wantsPassword ? (
          <div className="stack">
            <NewPassphraseFields
              label="Backup password"
              value={password}
              onChange={(typed) => {
                setPassword(typed);
                forgetErrors();
              }}
              autoFocus={present === null}
              error={isPasswordRefused ? error.message : undefined}
            />
            <p className="small muted">
              You need it on the day this computer is lost. Keep it somewhere else: on paper, or in a password
              manager on another computer.
            </p>
          </div>
        ) : null}
        {error === null || isPasswordRefused || isFolderRefused ? null : <ErrorNote error={error} />}
      </form>
    </Dialog>
  );
}
