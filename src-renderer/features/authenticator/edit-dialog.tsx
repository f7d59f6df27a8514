// Changes what can be changed of an account: labels, tags, note; algorithm, digits, period or counter for the few that differ.
import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react';
import {
  type Account,
  type AccountDetails,
  type AccountEdit,
  MAX_NOTE_CHARACTERS,
  MAX_PERIOD_S,
  MAX_TAG_CHARACTERS,
  MAX_TAGS,
  type OtpAlgorithm,
} from '../../../src-shared/contract/index.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { TagField } from '../../ui/tag-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { typedCounter, typedPeriod } from '../add-account/typed-number.ts';
import { addTag } from './account-tags.ts';
import { algorithmChoices, digitChoices } from './code-choices.ts';

const FORM = 'edit-account';
export interface EditDialogProps {
  readonly account: Account;
  /** Tags in use, the likeliest first. */
  readonly knownTags: readonly string[];
  readonly onClose: () => void;
}

export function EditDialog({ account, knownTags, onClose }: EditDialogProps): ReactNode {
  const details = useCall('authenticator:details', { id: account.id });
  const edit = useAction('authenticator:edit');
  const [isReady, setReady] = useState(true);
  return (
    <Dialog
      title="Edit account"
      isOpen
      onClose={onClose}
      isDismissable={!edit.isPending}
      actions={
        <FormActions
          form={FORM}
          label="Save"
          onCancel={onClose}
          isPending={edit.isPending}
          isReady={isReady && details.data !== undefined}
        />
      }
    >
      {details.error === null ? null : (
        <ErrorNote error={details.error} onRetry={() => void details.refetch()} />
      )}
      {details.data === undefined ? (
        details.isPending ? (
          <Skeleton rows={4} />
        ) : null
      ) : (
        <EditForm
          details={details.data}
          knownTags={knownTags}
          onReady={setReady}
          onSubmit={(changed) => edit.mutate(changed, { onSuccess: onClose })}
        />
      )}
      {edit.error === null ? null : <ErrorNote error={edit.error} />}
    </Dialog>
  );
}

interface EditFormProps {
  readonly details: AccountDetails;
  readonly knownTags: readonly string[];
  readonly onReady: (isReady: boolean) => void;
  readonly onSubmit: (edit: AccountEdit) => void;
}

function EditForm({ details, knownTags, onReady, onSubmit }: EditFormProps): ReactNode {
  const { type } = details;
  const [issuer, setIssuer] = useState(details.issuer);
  const [name, setName] = useState(details.name);
  const [tags, setTags] = useState<readonly string[]>(details.tags);
  const [typedTag, setTypedTag] = useState('');
  const [note, setNote] = useState(details.note);
  const [algorithm, setAlgorithm] = useState<OtpAlgorithm>(details.algorithm);
  const [digits, setDigits] = useState(String(details.digits));
  const [period, setPeriod] = useState(String(details.periodS));
  const [counter, setCounter] = useState(String(details.counter ?? ''));

  const periodS = typedPeriod(period);
  const counted = typedCounter(counter);
  const allTags = addTag(tags, typedTag);
  const faults = {
    label:
      issuer.trim() === '' && name.trim() === ''
        ? 'Give the account an issuer or a name, so that you find it again.'
        : undefined,
    tags: allTags.length > MAX_TAGS ? `At most ${MAX_TAGS} tags.` : undefined,
    period:
      type === 'totp' && periodS === null
        ? `A whole number of seconds from 1 to ${MAX_PERIOD_S}.`
        : undefined,
    counter: type === 'hotp' && counted === null ? 'A whole number, 0 or more.' : undefined,
  };
  const isReady = Object.values(faults).every((fault) => fault === undefined);
  useEffect(() => onReady(isReady), [onReady, isReady]);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onSubmit({
      id: details.id,
      issuer,
      name,
      tags: [...allTags],
      note,
      algorithm,
      digits: Number(digits),
      periodS: type === 'hotp' ? 0 : (periodS ?? details.periodS),
      counter: type === 'hotp' ? counted : null,
    });
  };

  return (
    <form id={FORM} className="stack" onSubmit={submit}>
      <div className="field-row">
        <TextField
          label="Issuer"
          hint="Who asks for the codes"
          value={issuer}
          onChange={setIssuer}
          maxLength={200}
          autoFocus
        />
        <TextField
          label="Account"
          hint="Your user name there"
          value={name}
          onChange={setName}
          maxLength={200}
          error={faults.label}
        />
      </div>
      <TagField
        label="Tags"
        hint="Enter or a comma adds one."
        tags={tags}
        onChange={setTags}
        typed={typedTag}
        onTyped={setTypedTag}
        add={addTag}
        known={knownTags}
        maxLength={MAX_TAG_CHARACTERS}
        error={faults.tags}
      />
      <TextField
        label="Note"
        hint="Kept encrypted, like the secret. Not for the password of this account."
        value={note}
        onChange={setNote}
        maxLength={MAX_NOTE_CHARACTERS}
        multiline
      />
      {type === 'steam' ? null : (
        <Disclosure title="Advanced">
          <div className="stack">
            <p className="muted small">
              Change these only if the service says so: all of them change the codes.
            </p>
            <div className="field-row narrow">
              <Select
                label="Algorithm"
                options={algorithmChoices}
                value={algorithm}
                onChange={setAlgorithm}
              />
              <Select label="Digits" options={digitChoices} value={digits} onChange={setDigits} />
              {type === 'totp' ? (
                <TextField
                  label="Period in seconds"
                  value={period}
                  onChange={setPeriod}
                  error={faults.period}
                  inputMode="numeric"
                  maxLength={5}
                />
              ) : (
                <TextField
                  label="Counter"
                  value={counter}
                  onChange={setCounter}
                  error={faults.counter}
                  inputMode="numeric"
                  maxLength={16}
                />
              )}
            </div>
            {type === 'hotp' ? (
              <p className="muted small">
                The counter is that of the next code. If the service refuses your codes because you skipped
                too many, set it to the counter that the service expects.
              </p>
            ) : null}
          </div>
        </Disclosure>
      )}
    </form>
  );
}
