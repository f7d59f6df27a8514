// Dialogs: a sheet over the room, closed by Escape, the cross or a press outside (unless something is under way).
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import './dialog.css';
import { ErrorNote } from './error-note.tsx';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly size?: 'small' | 'normal' | 'large';
  /** The buttons at the foot. */
  readonly actions?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  /** False while closing would lose something: no cross, no Escape, no press outside. */
  readonly isDismissable?: boolean;
  readonly children: ReactNode;
}

export function Dialog(props: DialogProps): ReactNode {
  const {
    title,
    isOpen,
    onClose,
    size = 'normal',
    actions,
    role = 'dialog',
    isDismissable = true,
    children,
  } = props;
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={isDismissable && role === 'dialog'}
      isKeyboardDismissDisabled={!isDismissable}
    >
      <Modal className={`dialog-sheet dialog-${size}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {isDismissable && role === 'dialog' ? (
              <IconButton icon="cross" label="Close" onPress={onClose} />
            ) : null}
          </header>
          <div className="dialog-body">{children}</div>
          {actions === undefined ? null : <footer className="dialog-foot">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A dialog in which there is nothing to decide in the end: one button closes it. */
export function ClosingDialog(
  props: Pick<DialogProps, 'title' | 'size' | 'onClose' | 'children'>,
): ReactNode {
  return (
    <Dialog
      {...props}
      isOpen
      actions={
        <Button variant="primary" onPress={props.onClose}>
          Close
        </Button>
      }
    />
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The verb on the button, for instance "Delete account". */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly isPending?: boolean;
  readonly isDanger?: boolean;
  readonly isConfirmDisabled?: boolean;
  /** What went wrong at the last try. */
  readonly error?: unknown;
  readonly children: ReactNode;
}

/** Asks before something that is hard to take back. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { title, isOpen, onClose, confirmLabel, onConfirm, children, error } = props;
  const { isPending = false, isDanger = false, isConfirmDisabled = false } = props;
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      role="alertdialog"
      isDismissable={!isPending}
      actions={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            Cancel
          </Button>
          <Button
            variant={isDanger ? 'danger' : 'primary'}
            onPress={onConfirm}
            isPending={isPending}
            isDisabled={isConfirmDisabled}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="stack">
        {children}
        {error === undefined || error === null ? null : <ErrorNote error={error} />}
      </div>
    </Dialog>
  );
}
