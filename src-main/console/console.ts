// The service console: its rules over a repository, a clock, a key and a password hasher.
import {
  type Access,
  type ConsoleStep,
  type PasswordStrength,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { requireAdministrator } from './administration/action.ts';
import { passwordStrength } from './password-strength.ts';
import { defaultPolicy } from './policy.ts';
import { requireSession, touchSession } from './sessions.ts';
import { stepOf } from './step.ts';
import { type ConsoleContext, type ConsoleOptions, createContext, Refusal, visit } from './visit.ts';

export type { ConsoleOptions } from './visit.ts';

export class Console {
  readonly context: ConsoleContext;

  constructor(options: ConsoleOptions) {
    this.context = createContext(options);
  }

  /**
   * For the router: may this caller use a method of that access? Counts as use of the session. Throws TwofoldError
   * `not-signed-in` or `not-permitted`.
   */
  async authorize(access: Access, caller: Caller): Promise<void> {
    if (access === 'local') return;
    await visit(this.context, caller, async (visit) => {
      try {
        const { session } =
          access === 'administrator' ? await requireAdministrator(visit) : await requireSession(visit);
        await touchSession(visit, session);
        return undefined;
      } catch (error) {
        // The end of a session that has just been found over must be kept.
        if (error instanceof TwofoldError) return new Refusal(error);
        throw error;
      }
    });
  }

  /** The calling browser's step. Throws what the key throws when a secret must be shown. */
  async step(caller: Caller): Promise<ConsoleStep> {
    return visit(this.context, caller, stepOf);
  }

  /** Judges a password while it is typed, with the organization's name as a word that guessers try. */
  async passwordStrength({
    password,
    about,
  }: {
    password: string;
    about: readonly string[];
  }): Promise<PasswordStrength> {
    const organization = await this.context.repository.read((tx) => tx.organization());
    const words = organization === null ? about : [...about, organization.name];
    return passwordStrength(password, words, organization?.policy ?? defaultPolicy);
  }
}
