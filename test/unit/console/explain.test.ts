// Explain: what is said of a sign-in at a moment to come is what a real one then meets, over the whole table.
import { beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../../src-main/console/administration/explain.ts';
import type { Counter, Factor, TrustRecord, User } from '../../../src-main/console/records.ts';
import { codeCounterId, nameCounterId } from '../../../src-main/console/throttle.ts';
import type { Output, Supposed } from '../../../src-shared/contract/index.ts';
import { DAY, HOUR, MINUTE, STEP, type TestBrowser, World } from './world.ts';

type Explanation = Output<'administration:explain'>;

const truths = [false, true] as const;
const passwords = ['own', 'one-time', 'expired'] as const;
const factors = ['none', 'pending', 'pending-over', 'set-up', 'blocked'] as const;
/** Where the sign-in comes from: an unknown browser, a trusted one, or one whose trust is over by then. */
const origins = ['unknown', 'trusted', 'trust-over'] as const;
/** At the moment of the sign-in: a lock that holds, or one that holds now and is over by then. */
const locks = ['over', 'holds'] as const;

interface Case {
  readonly active: boolean;
  readonly password: (typeof passwords)[number];
  readonly twoFactorOn: boolean;
  readonly isServiceAccount: boolean;
  readonly factor: (typeof factors)[number];
  readonly from: (typeof origins)[number];
  readonly passwordLock: (typeof locks)[number];
  readonly codeLock: (typeof locks)[number];
}

const cases: readonly Case[] = truths.flatMap((active) =>
  passwords.flatMap((password) =>
    truths.flatMap((twoFactorOn) =>
      truths.flatMap((isServiceAccount) =>
        factors.flatMap((factor) =>
          origins.flatMap((from) =>
            locks.flatMap((passwordLock) =>
              locks.map((codeLock) => ({
                active,
                password,
                twoFactorOn,
                isServiceAccount,
                factor,
                from,
                passwordLock,
                codeLock,
              })),
            ),
          ),
        ),
      ),
    ),
  ),
);

/** What the console's answer to a real sign-in is called by Explain. */
const met = {
  'sign-in-refused': 'Sign-in is refused',
  'change-password': 'Must choose a new password',
  'set-up': 'Must set up two-factor authentication',
  code: 'Is asked for a code',
  'locked-out': 'Cannot sign in until the factor is reset',
  'signed-in': 'Is signed in with the password alone',
} as const;

describe('Explain equals what a real sign-in does', () => {
  let world: World;
  let administrator: TestBrowser;
  let trusted: TestBrowser;
  let user: User;
  let factor: Factor;
  let trust: TrustRecord;
  let momentMs: number;

  beforeAll(async () => {
    world = await World.create();
    const enrolled = await world.enrolled();
    ({ administrator, browser: trusted } = enrolled);
    await world.signInWithCode(trusted, 'jonas.frei', enrolled.device, true);
    await world.signOut(trusted);
    momentMs = world.clock.nowMs() + 3 * HOUR;
    await world.console.context.repository.transact(async (tx) => {
      const found = await tx.user(enrolled.userId);
      const active = await tx.factor(found?.factorId ?? '');
      const [first] = await tx.trustsOf(enrolled.userId);
      if (found === null || active === null || first === undefined) throw new Error('Jonas is not set up.');
      [user, factor, trust] = [found, active, first];
    });
  });

  const counter = (id: string, untilMs: number): Counter => ({
    id,
    failuresAtMs: [],
    lockedUntilMs: untilMs,
    locksAtMs: [momentMs - HOUR],
    updatedAtMs: momentMs - HOUR,
    known: true,
  });

  /** Puts the user into that state, whatever it was before. */
  async function bringAbout(state: Case): Promise<void> {
    const isPending = state.factor === 'pending' || state.factor === 'pending-over';
    const isActive = state.factor === 'set-up' || state.factor === 'blocked';
    const untilMs = (lock: Case['codeLock']): number => (lock === 'holds' ? momentMs + 1 : momentMs);
    await world.console.context.repository.transact(async (tx) => {
      const organization = await tx.organization();
      if (organization === null) throw new Error('There is no organization.');
      await tx.putOrganization({ ...organization, twoFactorOn: state.twoFactorOn });
      await tx.putUser({
        ...user,
        active: state.active,
        isServiceAccount: state.isServiceAccount,
        mustChangePassword: state.password !== 'own',
        oneTimePasswordUntilMs:
          state.password === 'own' ? null : state.password === 'expired' ? momentMs : momentMs + 1,
        factorId: isActive ? factor.id : null,
        pendingFactorId: isPending ? 'pending' : null,
      });
      await tx.putFactor({ ...factor, blocked: state.factor === 'blocked' });
      await tx.putFactor({
        ...factor,
        // Its own id: a secret sealed for another factor does not open, so that only a sheet would fail.
        id: 'pending',
        state: 'pending',
        pendingUntilMs: state.factor === 'pending' ? momentMs + 1 : momentMs,
      });
      await tx.putTrust({ ...trust, expiresAtMs: state.from === 'trust-over' ? momentMs : momentMs + DAY });
      await tx.putCounter(counter(nameCounterId(user.nameKey), untilMs(state.passwordLock)));
      await tx.putCounter(counter(codeCounterId(user.id), untilMs(state.codeLock)));
    });
  }

  const explained = (supposed: Supposed): Promise<Explanation> =>
    explain(world.console.context, { userId: user.id, ...supposed }, administrator);

  /** Signs in for real, in a browser that holds what the supposed one would, and names what it met. */
  async function signInAs(state: Case): Promise<string> {
    const browser = state.from === 'unknown' ? world.browser() : trusted.copy('Jonas’s browser');
    const answer = await world.router(
      'console:signIn',
      { userName: 'jonas.frei', password: 'glass otter 42 lantern' },
      browser,
    );
    if (!answer.ok) {
      const { code } = answer.error;
      // The sheet of a pending factor that this table made up cannot be shown; that it was to be shown is the answer.
      if (code === 'key-unavailable') return met['set-up'];
      return code === 'sign-in-refused' || code === 'locked-out' ? met[code] : code;
    }
    const { kind } = await world.step(browser);
    return Object.hasOwn(met, kind) ? String(Reflect.get(met, kind)) : kind;
  }

  test(`S1–S7, G3–G16: in all ${cases.length} cases`, async () => {
    const said: Explanation[] = [];
    for (const state of cases) {
      await bringAbout(state);
      said.push(
        await explained({ atMs: momentMs, browser: state.from === 'unknown' ? 'unknown' : 'trusted' }),
      );
    }
    world.clock.advance(momentMs - world.clock.nowMs());
    const wrong: unknown[] = [];
    const seen = new Set<string>();
    for (const [index, state] of cases.entries()) {
      await bringAbout(state);
      const happened = await signInAs(state);
      seen.add(happened);
      if (said[index]?.next !== happened) wrong.push({ ...state, said: said[index]?.next, happened });
    }
    expect(wrong).toEqual([]);
    expect([...seen].sort()).toEqual(Object.values(met).sort());
  }, 60_000);
});

describe('Explain: facts', () => {
  test('asking changes nothing, also about a moment when trust and set-up are over', async () => {
    const world = await World.create();
    const { administrator, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    const commits = world.store.commits.length;
    const { facts, next } = await world.call(
      'administration:explain',
      { userId, atMs: world.clock.nowMs() + 40 * DAY, browser: 'trusted' },
      administrator,
    );
    expect(next).toBe('Is asked for a code');
    expect(facts).toContain('1 browser is trusted now, and none of them then.');
    // The administrator's session was used, which is written down; nothing else.
    const tables = new Set(
      world.store.commits.slice(commits).flatMap((changes) => changes.map(({ table }) => table)),
    );
    expect([...tables].filter((table) => table !== 'sessions')).toEqual([]);
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
  });

  test('name the locks, the one-time password, the set-up and the deadline, each as it is then', async () => {
    const world = await World.create();
    const { administrator, administratorDevice } = await world.enrolled();
    const { user } = await world.call(
      'administration:addUser',
      { userName: 'noor.haddad', displayName: 'Noor Haddad', role: 'user', unitId: null },
      administrator,
    );
    await world.call(
      'administration:setDeadline',
      { deadlineMs: world.clock.nowMs() + DAY, code: administratorDevice.code() },
      administrator,
    );
    for (let round = 0; round < 11; round += 1) {
      await world.refused(
        'console:signIn',
        { userName: 'noor.haddad', password: 'wrong' },
        world.browser(),
        'sign-in-refused',
      );
    }
    const factsAt = async (afterMs: number) =>
      (
        await world.call(
          'administration:explain',
          { userId: user.id, atMs: world.clock.nowMs() + afterMs, browser: 'unknown' },
          administrator,
        )
      ).facts.join(' ');
    const now = await factsAt(0);
    expect(now).toContain('The user is active.');
    expect(now).toContain('The password is a one-time password, valid until 2026-12-01 09:0');
    expect(now).toContain('No factor is set up.');
    expect(now).toContain('Passwords from unknown browsers are locked until 2026-11-24 09:0');
    expect(now).toContain('The roll-out has its deadline at 2026-11-25 09:0');
    const later = await factsAt(8 * DAY);
    expect(later).toContain('The one-time password was valid until 2026-12-01 09:0');
    expect(later).toContain('Passwords from unknown browsers are locked now; the lock is over by then.');
    expect(later).toContain('The deadline of the roll-out was 2026-11-25 09:0');
  });

  test('a moment that is past is refused, and the minute that runs is now', async () => {
    const world = await World.create();
    const { administrator, userId } = await world.enrolled();
    const at = (atMs: number) => ({ userId, atMs, browser: 'unknown' as const });
    await world.refused(
      'administration:explain',
      at(world.clock.nowMs() - 2 * MINUTE),
      administrator,
      'conflict',
    );
    const now = await world.call('administration:explain', at(world.clock.nowMs() - STEP), administrator);
    expect(now.next).toBe('Is asked for a code');
  });
});
