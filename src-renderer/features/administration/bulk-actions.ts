// What can be done with many users at once, in words.
import type { BulkAction } from '../../../src-shared/contract/index.ts';
import type { IconName } from '../../ui/icon.tsx';
import { counted } from '../console/time-words.ts';

export interface BulkWords {
  readonly label: string;
  readonly icon: IconName;
  readonly isDanger?: boolean;
  /** The question, given "3 users". */
  readonly title: (who: string) => string;
  /** What it means for them. */
  readonly effect: string;
  readonly confirm: string;
  /** Ends sessions and trust of those it is done to. */
  readonly ends: boolean;
  /** "3 users were …" */
  readonly done: string;
}

export const bulkWords: { readonly [A in BulkAction]: BulkWords } = {
  'end-sessions': {
    label: 'End sessions',
    icon: 'signOut',
    title: (who) => `End sessions of ${who}?`,
    effect:
      'Whoever of them is signed in must sign in again. Trusted browsers stay trusted, and your own present session goes on.',
    confirm: 'End sessions',
    ends: false,
    done: 'signed out',
  },
  'reset-trusted-browsers': {
    label: 'Reset trusted browsers',
    icon: 'shield',
    title: (who) => `Reset trusted browsers of ${who}?`,
    effect: 'No browser is trusted any more. The next sign-in from each asks for a code again.',
    confirm: 'Reset',
    ends: false,
    done: 'reset',
  },
  'reset-factor': {
    label: 'Reset two-factor authentication',
    icon: 'refresh',
    title: (who) => `Reset two-factor authentication of ${who}?`,
    effect: 'It is set up again at the next sign-in. Codes of the present devices stop working at once.',
    confirm: 'Reset',
    ends: true,
    done: 'reset',
  },
  unlock: {
    label: 'Unlock',
    icon: 'key',
    title: (who) => `Unlock ${who}?`,
    effect: 'Takes back the locks after wrong passwords and wrong codes.',
    confirm: 'Unlock',
    ends: false,
    done: 'unlocked',
  },
  'set-unit': {
    label: 'Move to unit',
    icon: 'building',
    title: (who) => `Move ${who}`,
    effect: 'Sessions and factors stay as they are.',
    confirm: 'Move',
    ends: false,
    done: 'moved',
  },
  activate: {
    label: 'Activate',
    icon: 'check',
    title: (who) => `Activate ${who}?`,
    effect: 'Signing in works again, with the password and the factor of before.',
    confirm: 'Activate',
    ends: false,
    done: 'activated',
  },
  deactivate: {
    label: 'Deactivate',
    icon: 'cross',
    isDanger: true,
    title: (who) => `Deactivate ${who}?`,
    effect: 'Signing in is refused until activated again. Nothing of the accounts is deleted.',
    confirm: 'Deactivate',
    ends: true,
    done: 'deactivated',
  },
  delete: {
    label: 'Delete',
    icon: 'trash',
    isDanger: true,
    title: (who) => `Delete ${who}?`,
    effect:
      'The accounts are deleted for good, with their factors. What the audit says of them stays. To keep them for later, deactivate them instead.',
    confirm: 'Delete',
    ends: true,
    done: 'deleted',
  },
};

/** '3 users were signed out.' */
export const doneWords = (count: number, { done }: BulkWords): string =>
  count === 0 ? `Nobody was ${done}.` : `${counted(count, 'user')} ${count === 1 ? 'was' : 'were'} ${done}.`;
