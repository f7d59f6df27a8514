// What other programs do with the console, by an API key: the same actions as an administrator's, without a session.
import {
  type ApiScope,
  type Output,
  type Person,
  TwofoldError,
  type UserQuery,
  type UserRow,
} from '../../src-shared/contract/index.ts';
import type { Browser } from '../ipc/caller.ts';
import { checkAction } from './administration/action.ts';
import { userSearch } from './administration/directory.ts';
import { rollOutNow } from './administration/roll-out.ts';
import { resetFactor } from './administration/user-actions.ts';
import { checkNewUser, putUserOf } from './administration/users.ts';
import { ApiRefusals, programActor, programName, requireApiKey } from './api-keys.ts';
import { type Actor, audit } from './audit.ts';
import { checkOwnCode } from './code-check.ts';
import { factorsOf, factsOf, personOf, requireOrganization, requireUser } from './directory.ts';
import { newOneTimePassword } from './one-time-password.ts';
import { nextStep } from './next-step.ts';
import { withSignIn } from './notices.ts';
import { countWrongPassword, refuseSignIn, requireRightPassword, verifyPassword } from './sign-in.ts';
import { clearFailures } from './throttle.ts';
import { switchTwoFactor } from './two-factor-switch.ts';
import { userRow, userRows } from './user-row.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

/** The scope that each operation needs. */
export const programScopes = {
  users: 'users:read',
  user: 'users:read',
  addUser: 'users:write',
  rollOut: 'two-factor:read',
  setTwoFactor: 'two-factor:write',
  resetFactor: 'two-factor:write',
  verifyCode: 'codes:verify',
  signIn: 'sign-in',
} as const satisfies Record<string, ApiScope>;
export type ProgramOperation = keyof typeof programScopes;

/** A program holds nothing for the console but its key. */
const programBrowser = (name: string): Browser => ({
  name,
  read: () => undefined,
  write: () => undefined,
  clear: () => undefined,
});

/** A program that was let in. */
export interface Program {
  readonly key: string;
  /** As the audit names it. */
  readonly name: string;
}

type Work<T> = (visit: Visit, actor: Actor) => Promise<T | Refusal>;

export interface Page extends UserQuery {
  readonly offset: number;
  readonly limit: number;
}

export class Programs {
  readonly #context: ConsoleContext;
  readonly #refusals = new ApiRefusals();

  constructor(context: ConsoleContext) {
    this.#context = context;
  }

  /**
   * Lets a program in that has shown this key, for one operation. Throws TwofoldError `not-signed-in` for a key that is
   * not in force, `not-permitted` without the scope, `locked-out` after too many of either.
   */
  async admit(key: string | null, operation: ProgramOperation): Promise<Program> {
    const caller = { browser: programBrowser('a program') };
    const record = await visit(this.#context, caller, (visit) =>
      requireApiKey(visit, this.#refusals, key, programScopes[operation]),
    );
    return { key: key ?? '', name: programName(record) };
  }

  /** Runs the work in one transaction in which the key is still in force. */
  #run<T>({ key, name }: Program, operation: ProgramOperation, work: Work<T>): Promise<T> {
    return visit(this.#context, { browser: programBrowser(name) }, async (visit) => {
      const record = await requireApiKey(visit, this.#refusals, key, programScopes[operation]);
      return record instanceof Refusal ? record : work(visit, programActor(record));
    });
  }

  async #change<T>(program: Program, operation: ProgramOperation, work: Work<T>): Promise<T> {
    try {
      return await this.#run(program, operation, work);
    } finally {
      // A refused code or password leaves traces that screens show, too.
      this.#context.events.emit('console:changed', {});
    }
  }

  /** A page of users. */
  users(program: Program, { offset, limit, ...query }: Page) {
    return this.#run(program, 'users', async (visit, actor) => {
      await requireOrganization(visit);
      const found = await visit.tx.searchUsers(userSearch(visit, actor, query, { offset, limit }));
      const users = await userRows(visit, found.users);
      return { matching: found.matching, counts: found.counts, users };
    });
  }

  /** Throws `not-found`. */
  user(program: Program, userId: string): Promise<UserRow> {
    return this.#run(program, 'user', async (visit) => userRow(visit, await requireUser(visit, userId)));
  }

  /** Adds a user, never an administrator, with a one-time password. Throws `already-exists`, `not-found` for the unit. */
  async addUser(
    program: Program,
    input: { userName: string; displayName: string; unitId: string | null },
  ): Promise<Output<'administration:addUser'>> {
    const wanted = { ...input, role: 'user' } as const;
    await this.#run(program, 'addUser', async (visit, actor) => {
      await requireOrganization(visit);
      await checkNewUser(visit, actor, wanted);
    });
    const oneTimePassword = newOneTimePassword(this.#context.random);
    const passwordHash = await this.#context.hasher.hash(oneTimePassword);
    const added = await this.#change(program, 'addUser', (visit, actor) =>
      putUserOf(visit, actor, wanted, passwordHash),
    );
    return { ...added, oneTimePassword };
  }

  rollOut(program: Program): Promise<Output<'administration:rollOut'>> {
    return this.#run(program, 'rollOut', rollOutNow);
  }

  /** G1, G16. */
  setTwoFactor(program: Program, on: boolean): Promise<{ twoFactorOn: boolean }> {
    return this.#change(program, 'setTwoFactor', async (visit, actor) => {
      await switchTwoFactor(visit, actor, on);
      return { twoFactorOn: on };
    });
  }

  /** G13. Throws `not-found`. */
  resetFactor(program: Program, userId: string): Promise<UserRow> {
    return this.#change(program, 'resetFactor', async (visit, actor) => {
      const action = { visit, actor, actorSessionId: null, user: await requireUser(visit, userId) };
      await checkAction(action, resetFactor);
      await resetFactor.act(action);
      return userRow(visit, await requireUser(visit, userId));
    });
  }

  /**
   * Checks a code as a sign-in does: it is counted, and an accepted one is used up (S1–S6). Throws `code-refused`,
   * `locked-out`, and `conflict` for somebody without a factor in force.
   */
  verifyCode(program: Program, userId: string, code: string): Promise<{ accepted: true }> {
    return this.#change(program, 'verifyCode', async (visit, actor) => {
      const user = await requireUser(visit, userId);
      const { active } = await factorsOf(visit, user);
      if (!user.active || active === null) {
        throw new TwofoldError(
          'conflict',
          user.active
            ? 'This user has not set up two-factor authentication. No code was checked.'
            : 'This user is deactivated. No code was checked.',
          { reason: user.active ? 'no-factor' : 'inactive' },
        );
      }
      const checked = await checkOwnCode(visit, user, active, code, `asked by ${actor.userName}`);
      return checked instanceof Refusal ? checked : { accepted: true };
    });
  }

  /**
   * The password alone, for service accounts. Throws `sign-in-refused`, the same and after the same work for an unknown
   * name, a wrong password, a lock, and for whoever would be asked for more than the password (S15). The latter counts
   * as a wrong password: else the lock that does not come would tell that the password is right.
   */
  async signIn(
    program: Program,
    { userName, password }: { userName: string; password: string },
  ): Promise<{ user: Person }> {
    const checked = await verifyPassword(this.#context, userName, password);
    return this.#change(program, 'signIn', async (visit, actor) => {
      const right = await requireRightPassword(visit, checked);
      if (right instanceof Refusal) return right;
      const { user, counterId } = right;
      const { next } = nextStep(await factsOf(visit, await requireOrganization(visit), user));
      if (next !== 'signed-in') {
        await countWrongPassword(visit, counterId, user);
        return refuseSignIn(visit, user, `The password alone does not sign this user in: ${next}.`);
      }
      await clearFailures(visit.tx, counterId);
      const signedIn = withSignIn(user, visit.browser.name, 'signed in', visit.nowMs);
      await visit.tx.putUser({ ...signedIn, lastSignInAtMs: visit.nowMs });
      await audit(visit, {
        event: 'signed-in',
        subject: user,
        actor,
        summary: 'Signed in by a program with the password alone. No session was started.',
      });
      return { user: personOf(user) };
    });
  }
}
