// Asks how something new in the world is called: a browser, a device, a sheet of paper, an own scenario.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { PlainName, Title } from '../../../src-shared/contract/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { TextField } from '../../ui/text-field.tsx';

const FORM = 'name';

export interface NameDialogProps {
  readonly title: string;
  readonly label?: string;
  readonly intro: string;
  readonly confirmLabel: string;
  /** The name that is proposed. */
  readonly proposal: string;
  /** Names that stand for something already. */
  readonly taken?: readonly { readonly name: string }[];
  /** A line of text rather than a name of few words. */
  readonly isTitle?: boolean;
  readonly isPending?: boolean;
  readonly error?: string | undefined;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

export function NameDialog(props: NameDialogProps): ReactNode {
  const { title, intro, confirmLabel, proposal, taken = [], isTitle = false, onName, onClose } = props;
  const { label = 'Name', isPending = false, error } = props;
  const [typed, setTyped] = useState(proposal);
  const name = typed.trim();
  const parsed = (isTitle ? Title : PlainName).safeParse(name);
  let fault: string | undefined;
  if (taken.some((one) => one.name === name)) fault = 'That name is taken. Choose another one.';
  else if (!parsed.success && name !== '')
    fault = `It ${parsed.error.issues[0]?.message ?? 'is not a name'}.`;
  const isReady = name !== '' && fault === undefined;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady && !isPending) onName(name);
  };
  return (
    <Dialog
      title={title}
      size="small"
      isOpen
      onClose={onClose}
      isDismissable={!isPending}
      actions={
        <FormActions
          form={FORM}
          label={confirmLabel}
          onCancel={onClose}
          isPending={isPending}
          isReady={isReady}
        />
      }
    >
      <form id={FORM} className="stack" onSubmit={submit}>
        <p>{intro}</p>
        <TextField
          label={label}
          value={typed}
          onChange={setTyped}
          autoFocus
          autoComplete="off"
          maxLength={isTitle ? 100 : 40}
          error={fault ?? error}
        />
      </form>
    </Dialog>
  );
}
