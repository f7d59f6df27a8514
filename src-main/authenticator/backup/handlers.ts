// The contract's `backup:` methods.
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { Handlers } from '../../ipc/handlers.ts';
import type { Backups } from './backups.ts';

/** `chooseFolder` is absent where the host has no dialog for it. */
export const backupHandlers = (
  backups: Backups,
  chooseFolder?: () => Promise<string | null>,
): Handlers<'backup'> => ({
  'backup:status': () => backups.status(),
  'backup:setUp': (wanted) => backups.setUp(wanted),
  'backup:changePlan': (plan) => backups.changePlan(plan),
  'backup:chooseFolder': async () => {
    if (chooseFolder === undefined) {
      throw new TwofoldError('not-available', 'There is no dialog for folders here. Type the path in.');
    }
    return { folder: await chooseFolder() };
  },
  'backup:now': () => backups.now(),
  'backup:test': ({ password }) => backups.test(password),
  'backup:remindLater': () => backups.remindLater(),
});
