// Ends a start that cannot succeed: one sentence for the user, no stack.
import { app, dialog } from 'electron';
import { TwofoldError } from '../../../src-shared/contract/index.ts';

export function failToStart(error: unknown): void {
  const sentence =
    error instanceof TwofoldError
      ? error.message
      : 'Something went wrong inside Twofold. Your data was not changed. Start Twofold again.';
  dialog.showErrorBox('Twofold cannot start', sentence);
  app.exit(1);
}
