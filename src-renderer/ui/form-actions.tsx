// The foot of a dialog with a form: Cancel, and the button that sends the form.
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface FormActionsProps {
  /** The id of the form that is sent. */
  readonly form: string;
  readonly label: string;
  readonly onCancel: () => void;
  readonly isPending: boolean;
  /** Whether the form may be sent; default true. */
  readonly isReady?: boolean;
}

export function FormActions({
  form,
  label,
  onCancel,
  isPending,
  isReady = true,
}: FormActionsProps): ReactNode {
  return (
    <>
      <Button onPress={onCancel} isDisabled={isPending}>
        Cancel
      </Button>
      <Button variant="primary" type="submit" form={form} isDisabled={!isReady} isPending={isPending}>
        {label}
      </Button>
    </>
  );
}
