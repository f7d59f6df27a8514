// One suite over every store of the console: what the rules may rely on, whatever stands behind the port.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { auditHash, verifyChain } from '../../src-main/console/audit-chain.ts';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { defaultPolicy } from '../../src-main/console/policy.ts';
import { AuditEntry, type AuditNote, type Counter, type User } from '../../src-main/console/records.ts';
import type { ConsoleRepository, ConsoleTransaction, UserSearch } from '../../src-main/console/repository.ts';
import { codeCounterId, nameCounterId } from '../../src-main/console/throttle.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';
import { MemoryChangeStore } from '../../src-main/storage/memory-change-store.ts';
import { FactorState, UserFilter, UserSort } from '../../src-shared/contract/index.ts';
import * as records from './sample-records.ts';
import { emptyDatabase, openDatabase } from './server/test-databases.ts';

interface Opened {
  readonly repository: ConsoleRepository;
  /** The same data opened anew, as after a restart of the program. */
  readonly reopen: () => Promise<ConsoleRepository>;
  readonly dispose: () => void;
}

const stores: readonly (readonly [string, () => Promise<Opened>])[] = [
  [
    'memory',
    async () => {
      const store = new MemoryChangeStore();
      const repository = await EmbeddedRepository.open(store);
      return { repository, reopen: () => EmbeddedRepository.open(store), dispose: () => undefined };
    },
  ],
  [
    'lowdb on disk',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'twofold-conformance-'));
      const open = () =>
        EmbeddedRepository.open(
          new JournaledDocument({ folder, name: 'console', clock: new VirtualClock(0) }),
        );
      const repository = await open();
      return {
        repository,
        async reopen() {
          await repository.close();
          return open();
        },
        dispose: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const { place, name, repository } = await emptyDatabase();
      return { repository, reopen: () => openDatabase(place, name), dispose: () => undefined };
    },
  ],
];

const note = (summary: string, more: Partial<AuditNote> = {}): AuditNote =>
  records.note(summary, {
    atMs: 1_000,
    subjectId: 'user-1',
    subject: 'Jonas.Frei',
    browser: 'Firefox on Linux',
    ...more,
  });

const search = (change: Partial<UserSearch> = {}): UserSearch => ({ ...records.everybody, ...change });

describe.each(stores)('%s', (_name, open) => {
  let opened: Opened;
  let repository: ConsoleRepository;
  beforeEach(async () => {
    opened = await open();
    ({ repository } = opened);
  });
  afterEach(async () => {
    await repository.close();
    opened.dispose();
  });
  const transact = <T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> => repository.transact(work);
  const put = (...users: readonly User[]): Promise<void> =>
    transact(async (tx) => {
      for (const user of users) await tx.putUser(user);
    });

  test('every kind of record comes back as it was put, within the transaction, after it, and after a restart', async () => {
    const check = async (tx: ConsoleTransaction): Promise<void> => {
      expect(await tx.organization()).toEqual(records.organization);
      expect(await tx.unit('unit-1')).toEqual(records.unit);
      expect(await tx.units()).toEqual([records.unit]);
      expect(await tx.user('user-1')).toEqual(records.fullUser);
      expect(await tx.userByName('jonas.frei')).toEqual(records.fullUser);
      expect(await tx.factor('factor-1')).toEqual(records.factor);
      expect(await tx.trust('trust-1')).toEqual(records.trust);
      expect(await tx.trustBySeries('series')).toEqual(records.trust);
      expect(await tx.trustsOf('user-1')).toEqual([records.trust]);
      expect(await tx.session('session-1')).toEqual(records.session);
      expect(await tx.sessionByToken('token')).toEqual(records.session);
      expect(await tx.sessionsOf('user-1')).toEqual([records.session]);
      expect(await tx.challengeByToken('challenge-token')).toEqual(records.challenge);
      expect(await tx.challengesOf('user-1')).toEqual([records.challenge]);
      expect(await tx.counter('code-user-1')).toEqual(records.counter);
      expect(await tx.device('device-1')).toEqual(records.device);
      expect(await tx.apiKey('key-1')).toEqual(records.apiKey);
      expect(await tx.apiKeyByHash('key-hash')).toEqual(records.apiKey);
      expect(await tx.apiKeys()).toEqual([records.apiKey]);
      expect(await tx.breakGlass()).toEqual(records.breakGlass);
      expect(await tx.sealingKeys()).toEqual(records.sealingKeys);
    };
    await transact(async (tx) => {
      await records.putAll(tx);
      await check(tx);
    });
    await repository.read(check);
    await transact(check);
    repository = await opened.reopen();
    await transact(check);
  });

  test('what is not there is null, or none', async () => {
    await transact(async (tx) => {
      expect(await tx.organization()).toBeNull();
      expect(await tx.user('nobody')).toBeNull();
      expect(await tx.userByName('nobody')).toBeNull();
      expect(await tx.factor('none')).toBeNull();
      expect(await tx.sessionByToken('none')).toBeNull();
      expect(await tx.trustsOf('nobody')).toEqual([]);
      expect(await tx.counter('none')).toBeNull();
      expect(await tx.breakGlass()).toBeNull();
      expect(await tx.countActiveAdministrators()).toBe(0);
      expect(await tx.auditChains()).toSatisfy((chains: readonly { first: number; last: number }[]) =>
        chains.every(({ first, last }) => first === last + 1),
      );
      expect(await tx.auditNumbers()).toEqual({ first: 1, last: 0 });
    });
  });

  test('removed is gone: within the transaction, after it, and in every index', async () => {
    await transact(records.putAll);
    const check = async (tx: ConsoleTransaction): Promise<void> => {
      expect(await tx.user('user-1')).toBeNull();
      expect(await tx.userByName('jonas.frei')).toBeNull();
      expect(await tx.factor('factor-1')).toBeNull();
      expect(await tx.trustBySeries('series')).toBeNull();
      expect(await tx.trustsOf('user-1')).toEqual([]);
      expect(await tx.sessionByToken('token')).toBeNull();
      expect(await tx.sessionsOf('user-1')).toEqual([]);
      expect(await tx.challengeByToken('challenge-token')).toBeNull();
      expect(await tx.counter('code-user-1')).toBeNull();
      expect(await tx.unit('unit-1')).toBeNull();
      expect(await tx.breakGlass()).toBeNull();
    };
    await transact(async (tx) => {
      await tx.removeTrust('trust-1');
      await tx.removeSession('session-1');
      await tx.removeChallenge('challenge-1');
      await tx.removeFactor('factor-1');
      await tx.removeCounter('code-user-1');
      await tx.removeUser('user-1');
      await tx.removeUnit('unit-1');
      await tx.removeBreakGlass();
      await check(tx);
    });
    await transact(check);
    expect(await transact((tx) => tx.searchUsers(search()))).toMatchObject({ matching: 0, users: [] });
  });

  test('removed and put again, put and removed, put twice: the last one counts', async () => {
    await transact(records.putAll);
    await transact(async (tx) => {
      await tx.removeSession('session-1');
      await tx.putSession({ ...records.session, tokenHash: 'again' });
      await tx.putCounter({ ...records.counter, id: 'gone' });
      await tx.removeCounter('gone');
      await tx.putFactor({ ...records.factor, consecutiveFailures: 1 });
      await tx.putFactor({ ...records.factor, consecutiveFailures: 2 });
      expect(await tx.sessionByToken('token')).toBeNull();
      expect((await tx.sessionByToken('again'))?.id).toBe('session-1');
    });
    await transact(async (tx) => {
      expect((await tx.sessionByToken('again'))?.id).toBe('session-1');
      expect(await tx.sessionByToken('token')).toBeNull();
      expect(await tx.counter('gone')).toBeNull();
      expect((await tx.factor('factor-1'))?.consecutiveFailures).toBe(2);
    });
  });

  test('S21: what a transaction throws away was never there, the audit included', async () => {
    await transact(records.putAll);
    const failing = transact(async (tx) => {
      await tx.putUser({ ...records.fullUser, displayName: 'Someone else' });
      await tx.removeSession('session-1');
      await tx.appendAudit(note('Never.'));
      // Sends what is staged, in a store that has to.
      await tx.searchUsers(search());
      throw new Error('half-way');
    });
    await expect(failing).rejects.toThrow('half-way');
    await transact(async (tx) => {
      expect(await tx.user('user-1')).toEqual(records.fullUser);
      expect(await tx.session('session-1')).toEqual(records.session);
      expect(await tx.searchAudit(records.everyRecord)).toMatchObject({ total: 0, records: [] });
    });
  });

  test('S3: of 200 at once, the last accepted step is set once, and only from what was read', async () => {
    await transact(records.putAll);
    const from = records.factor.lastAcceptedStep;
    const won = await Promise.all(
      Array.from({ length: 200 }, () =>
        transact(async (tx) => {
          await tx.user('user-1');
          return tx.advanceStep('factor-1', from, 78);
        }),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    await transact(async (tx) => {
      expect((await tx.factor('factor-1'))?.lastAcceptedStep).toBe(78);
      expect(await tx.advanceStep('factor-1', from, 79)).toBe(false);
      expect(await tx.advanceStep('factor-1', 78, 79)).toBe(true);
      expect((await tx.factor('factor-1'))?.lastAcceptedStep).toBe(79);
      expect(await tx.advanceStep('nothing', null, 1)).toBe(false);
    });
    expect((await transact((tx) => tx.factor('factor-1')))?.lastAcceptedStep).toBe(79);
  });

  test('S3: the same without having read the user', async () => {
    await transact(records.putAll);
    const won = await Promise.all(
      Array.from({ length: 50 }, () =>
        transact((tx) => tx.advanceStep('factor-1', records.factor.lastAcceptedStep, 78)),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('issue 6: secrets are sealed anew where they are still what was read, and found until then', async () => {
    await transact(records.putAll);
    const { factor } = records;
    await transact(async (tx) => {
      await tx.putFactor({ ...factor, id: 'factor-2', sealedBy: null });
      await tx.putFactor({ ...factor, id: 'factor-3', sealedBy: 'key-2' });
    });
    await transact(async (tx) => {
      const ids = async (after: string, limit: number) =>
        (await tx.factorsNotSealedBy('key-2', after, limit)).map(({ id }) => id);
      expect(await ids('', 10)).toEqual(['factor-1', 'factor-2']);
      expect(await ids('', 1)).toEqual(['factor-1']);
      expect(await ids('factor-1', 10)).toEqual(['factor-2']);
      expect(await tx.countFactorsNotSealedBy('key-2')).toBe(2);
      expect(await tx.countFactorsNotSealedBy('key-3')).toBe(3);
    });
    const next = { from: factor.sealedSecret, sealedSecret: 'bmV3', sealedBy: 'key-2' };
    const changed = await transact((tx) =>
      tx.reseal([
        { ...next, factorId: 'factor-1' },
        { ...next, factorId: 'factor-2', from: 'b3RoZXI=' },
        { ...next, factorId: 'nobody' },
      ]),
    );
    expect(changed).toBe(1);
    await transact(async (tx) => {
      expect(await tx.factor('factor-1')).toEqual({ ...factor, sealedSecret: 'bmV3', sealedBy: 'key-2' });
      expect(await tx.factor('factor-2')).toEqual({ ...factor, id: 'factor-2', sealedBy: null });
    });
  });

  test('issue 6: a sign-in that has read a factor before it was sealed anew keeps the new seal', async () => {
    await transact(records.putAll);
    const { factor } = records;
    let resealed = 0;
    await Promise.all([
      transact(async (tx) => {
        await tx.user('user-1');
        const read = await tx.factor('factor-1');
        if (read !== null) await tx.putFactor({ ...read, lastUsedAtMs: 5 });
      }),
      transact(async (tx) => {
        resealed = await tx.reseal([
          { factorId: 'factor-1', from: factor.sealedSecret, sealedSecret: 'bmV3', sealedBy: 'key-2' },
        ]);
      }),
    ]);
    expect(resealed).toBe(1);
    expect(await transact((tx) => tx.factor('factor-1'))).toMatchObject({
      lastUsedAtMs: 5,
      sealedSecret: 'bmV3',
    });
  });

  test('issue 6: what is known of the keys is kept', async () => {
    expect(await transact((tx) => tx.sealingKeys())).toBeNull();
    await transact((tx) => tx.putSealingKeys(records.sealingKeys));
    expect(await transact((tx) => tx.sealingKeys())).toEqual(records.sealingKeys);
    const settled = { ...records.sealingKeys, rotation: null };
    await transact((tx) => tx.putSealingKeys(settled));
    repository = await opened.reopen();
    expect(await transact((tx) => tx.sealingKeys())).toEqual(settled);
  });

  test.each([
    ['of a user', codeCounterId('user-1')],
    ['of a name that nobody has', nameCounterId('ghost')],
  ])('S5: 100 failures at once are all counted: a counter %s', async (_what, id) => {
    await transact(records.putAll);
    await transact((tx) => tx.removeCounter(id));
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        transact(async (tx) => {
          const before = await tx.counter(id);
          const next: Counter = { ...records.counter, id, known: false };
          await tx.putCounter({ ...next, failuresAtMs: [...(before?.failuresAtMs ?? []), index] });
        }),
      ),
    );
    const counter = await transact((tx) => tx.counter(id));
    expect(counter?.failuresAtMs.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    );
  });

  test('what is read and written back is never overwritten: the organization, an API key, a user', async () => {
    await transact(records.putAll);
    await Promise.all(
      Array.from({ length: 30 }, () =>
        transact(async (tx) => {
          const organization = await tx.organization();
          const key = await tx.apiKey('key-1');
          const user = await tx.user('user-1');
          if (organization === null || key === null || user === null) throw new Error('Gone.');
          await tx.putOrganization({ ...organization, createdAtMs: organization.createdAtMs + 1 });
          await tx.putApiKey({ ...key, createdAtMs: key.createdAtMs + 1 });
          await tx.putUser({ ...user, trustEpoch: user.trustEpoch + 1 });
        }),
      ),
    );
    await transact(async (tx) => {
      expect((await tx.organization())?.createdAtMs).toBe(records.organization.createdAtMs + 30);
      expect((await tx.apiKey('key-1'))?.createdAtMs).toBe(records.apiKey.createdAtMs + 30);
      expect((await tx.user('user-1'))?.trustEpoch).toBe(records.fullUser.trustEpoch + 30);
    });
  });

  test('S20: of two who take the role of one another, one stays', async () => {
    const administrator = (id: string): User => ({
      ...records.user(id),
      role: 'administrator',
      administersUnitId: null,
    });
    await put(administrator('a'), administrator('b'));
    const demote = (id: string): Promise<boolean> =>
      transact(async (tx) => {
        const user = await tx.user(id);
        if (user === null || (await tx.countActiveAdministrators()) < 2) return false;
        await tx.putUser({ ...user, role: 'user' });
        return true;
      });
    expect((await Promise.all([demote('a'), demote('b')])).filter(Boolean)).toHaveLength(1);
    expect(await transact((tx) => tx.countActiveAdministrators())).toBe(1);
  });

  test('S12: a session that is begun and the end of all sessions never miss each other', async () => {
    await transact(records.putAll);
    const begin = (id: string): Promise<void> =>
      transact(async (tx) => {
        const user = await tx.user('user-1');
        if (user?.trustEpoch !== records.fullUser.trustEpoch) return;
        await tx.putSession({ ...records.session, id, tokenHash: id });
      });
    const endAll = (): Promise<void> =>
      transact(async (tx) => {
        const user = await tx.user('user-1');
        if (user === null) throw new Error('Gone.');
        for (const { id } of await tx.sessionsOf('user-1')) await tx.removeSession(id);
        await tx.putUser({ ...user, trustEpoch: user.trustEpoch + 1 });
      });
    const begun = Array.from({ length: 20 }, (_, index) => begin(`new-${index}`));
    await Promise.all([...begun.slice(0, 10), endAll(), ...begun.slice(10)]);
    expect(await transact((tx) => tx.sessionsOf('user-1'))).toEqual([]);
  });

  test('of two who take one user name, one gets it', async () => {
    const take = (id: string): Promise<boolean> =>
      transact(async (tx) => {
        if ((await tx.userByName('wanted')) !== null) return false;
        await tx.putUser({ ...records.user(id), nameKey: 'wanted' });
        return true;
      });
    const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => take(`taker-${index}`)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('the oldest counters and challenges come first, without those that this transaction has changed', async () => {
    const counter = (id: string, known = true): Counter => ({ ...records.counter, id, known });
    for (const id of ['a', 'b', 'c', 'd']) await transact((tx) => tx.putCounter(counter(id, id !== 'b')));
    await transact((tx) => tx.putCounter(counter('a')));
    await transact(async (tx) => {
      await tx.putCounter(counter('b', false));
      expect((await tx.oldestCounters(2)).map(({ id }) => id)).toEqual(['c', 'd']);
    });
    await transact(async (tx) => {
      await tx.putCounter(counter('e', false));
      expect((await tx.oldestUnknownCounters(5)).map(({ id }) => id)).toEqual(['b']);
      expect(await tx.countUnknownCounters()).toBe(1);
    });
    expect(await transact((tx) => tx.countUnknownCounters())).toBe(2);
    for (const id of ['x', 'y']) {
      await transact((tx) => tx.putChallenge({ ...records.challenge, id, tokenHash: id }));
    }
    await transact((tx) => tx.putChallenge({ ...records.challenge, id: 'x', tokenHash: 'x', wrongCodes: 3 }));
    expect((await transact((tx) => tx.oldestChallenges(1))).map(({ id }) => id)).toEqual(['y']);
  });

  test('users of units are counted, also those that were just put', async () => {
    await transact(records.putAll);
    await transact(async (tx) => {
      await tx.putUser({ ...records.user('more'), unitId: 'unit-1' });
      expect(await tx.countUsersOfUnit('unit-1')).toBe(2);
      expect(await tx.countUsersOfUnits()).toEqual(new Map([['unit-1', 2]]));
    });
    await transact((tx) => tx.removeUser('more'));
    expect(await transact((tx) => tx.countUsersOfUnits())).toEqual(new Map([['unit-1', 1]]));
  });

  describe('lists', () => {
    beforeEach(() => transact(records.putCrowd));

    test.each(
      UserSort.options.flatMap((sort) => [false, true].map((descending) => [sort, descending] as const)),
    )(
      'sorted by %s, descending %s: pages join to the whole, in the order of the embedded store',
      async (sort, descending) => {
        const expected = await records.expectedOrder(search({ sort, descending }));
        const whole = await transact((tx) => tx.searchUsers(search({ sort, descending })));
        expect(whole.users.map(({ id }) => id)).toEqual(expected.users.map(({ id }) => id));
        const paged: string[] = [];
        for (let offset = 0; offset < whole.matching + 7; offset += 7) {
          const page = await transact((tx) => tx.searchUsers(search({ sort, descending, offset, limit: 7 })));
          expect(page.matching).toBe(whole.matching);
          paged.push(...page.users.map(({ id }) => id));
        }
        expect(paged).toEqual(expected.users.map(({ id }) => id));
      },
    );

    test.each(UserFilter.options)('filtered by %s: as the embedded store, counts too', async (filter) => {
      for (const change of [{}, { unitId: 'unit-1' }, { scopeUnitId: 'unit-2' }, { words: ['mül', 'a'] }]) {
        const wanted = search({ filter, ...change });
        const found = await transact((tx) => tx.searchUsers(wanted));
        const expected = await records.expectedOrder(wanted);
        expect(found.users.map(({ id }) => id)).toEqual(expected.users.map(({ id }) => id));
        expect(found).toMatchObject({ matching: expected.matching, counts: expected.counts });
        const paged = await transact((tx) =>
          tx.searchUsers({ ...wanted, sort: 'factor', offset: 2, limit: 3 }),
        );
        const alike = await records.expectedOrder({ ...wanted, sort: 'factor', offset: 2, limit: 3 });
        expect(paged.users.map(({ id }) => id)).toEqual(alike.users.map(({ id }) => id));
      }
    });

    test('the lists follow every change: a factor, a trust, a lock, a role, time itself', async () => {
      const find = async (filter: UserFilter, nowMs = records.NOW_MS) =>
        (await transact((tx) => tx.searchUsers(search({ filter, nowMs })))).users.map(({ id }) => id);
      expect(FactorState.options.length).toBe(5);
      const [id] = await find('pending');
      expect(id).toBeDefined();
      expect(await find('pending', records.NOW_MS + 10 * records.DAY_MS)).toEqual([]);
      const [free] = await find('not-set-up');
      await transact(async (tx) => {
        const user = await tx.user(free ?? '');
        if (user === null) throw new Error('Gone.');
        await tx.putFactor({ ...records.factor, id: 'fresh', userId: user.id });
        await tx.putUser({ ...user, factorId: 'fresh' });
      });
      expect(await find('set-up')).toContain(free);
      await transact(async (tx) => {
        const factor = await tx.factor('fresh');
        if (factor !== null) await tx.putFactor({ ...factor, blocked: true });
      });
      expect(await find('blocked')).toContain(free);
      const wanted = search({ sort: 'trusted-browsers', descending: true, limit: 1 });
      await transact(async (tx) => {
        for (let index = 0; index < 12; index += 1) {
          const name = `mine-${index}`;
          await tx.putTrust({ ...records.trust, id: name, userId: free ?? '', seriesHash: name });
        }
      });
      expect((await transact((tx) => tx.searchUsers(wanted))).users[0]?.id).toBe(free);
      expect(
        (await transact((tx) => tx.searchUsers({ ...wanted, nowMs: records.trust.expiresAtMs }))).users[0]
          ?.id,
      ).not.toBe(free);
    });

    test('everyone by name in pieces, and some by id', async () => {
      const all = await records.expectedOrder(search());
      const seen: string[] = [];
      for (let after = ''; ;) {
        const some = await transact((tx) => tx.usersAfter(after, 9));
        seen.push(...some.map(({ id }) => id));
        const last = some.at(-1);
        if (last === undefined) break;
        after = last.nameKey;
      }
      expect(seen).toEqual(all.users.map(({ id }) => id));
      const [first, second] = seen;
      const listed = await transact((tx) => tx.listUsers([second ?? '', 'nobody', first ?? '']));
      expect(listed.map(({ id }) => id)).toEqual([second, first]);
    });

    test('what belongs to listed users is at hand after prefetching, as it is', async () => {
      const found = await transact(async (tx) => {
        const { users } = await tx.searchUsers(search());
        await tx.prefetch(users);
        const rows = [];
        for (const user of users) {
          rows.push([
            await tx.user(user.id),
            user.factorId === null ? null : await tx.factor(user.factorId),
            (await tx.trustsOf(user.id)).length,
            (await tx.sessionsOf(user.id)).length,
            await tx.counter(codeCounterId(user.id)),
          ]);
        }
        return rows;
      });
      const direct = await records.expectedSurroundings();
      expect(found).toEqual(direct);
    });

    test('the roll-out, now and at moments', async () => {
      const expected = await records.expectedRollOut();
      expect(await transact((tx) => tx.rollOut(records.NOW_MS))).toEqual(expected.state);
      expect(await transact((tx) => tx.rollOutAt(records.MOMENTS_MS))).toEqual(expected.counts);
    });
  });

  describe('the audit', () => {
    test('records are numbered, linked and never changed; all stores verify', async () => {
      for (let index = 0; index < 5; index += 1) {
        await transact(async (tx) => {
          await tx.appendAudit(note(`One ${index}`));
          await tx.appendAudit(note(`Two ${index}`, { outcome: 'failure', event: 'code-refused' }));
        });
      }
      const { records: found, total } = await transact((tx) => tx.searchAudit(records.everyRecord));
      expect(total).toBe(10);
      expect(found.map(({ sequence }) => sequence)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      for (const { hash, ...content } of found) expect(auditHash(content)).toBe(hash);
      expect(await verifyChain(repository)).toEqual({ kind: 'intact', records: 10, firstSequence: 1 });
      const some = await transact((tx) => tx.auditBetween(3, 5));
      expect(some.map((record) => AuditEntry.parse(record).sequence)).toEqual([3, 4, 5]);
      repository = await opened.reopen();
      expect(await verifyChain(repository)).toEqual({ kind: 'intact', records: 10, firstSequence: 1 });
    });

    test('100 at once: none is lost, numbers grow along each chain, and it verifies', async () => {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => transact((tx) => tx.appendAudit(note(`At once ${index}`)))),
      );
      expect(await verifyChain(repository)).toMatchObject({ kind: 'intact', records: 100 });
      const found = await transact((tx) => tx.searchAudit({ ...records.everyRecord, limit: 500 }));
      expect(new Set(found.records.map(({ summary }) => summary)).size).toBe(100);
    });

    test('it is searched by word, event, outcome, person and time, in pages', async () => {
      await transact(async (tx) => {
        await tx.appendAudit(note('A 100% sure_thing \\ here', { atMs: 10 }));
        await tx.appendAudit(note('Another', { atMs: 20, subject: 'Zoë', actor: 'maria' }));
        await tx.appendAudit(note('Third', { atMs: 30, outcome: 'failure', event: 'code-refused' }));
        await tx.appendAudit(note('Fourth', { atMs: 40, browser: 'Safari' }));
      });
      const find = async (change: object) =>
        (await transact((tx) => tx.searchAudit({ ...records.everyRecord, ...change }))).records.map(
          ({ sequence }) => sequence,
        );
      expect(await find({ search: '100%' })).toEqual([1]);
      expect(await find({ search: 'sure_thing \\' })).toEqual([1]);
      expect(await find({ search: 'sureXthing' })).toEqual([]);
      expect(await find({ search: 'SAFARI' })).toEqual([4]);
      expect(await find({ search: 'zoë' })).toEqual([2]);
      expect(await find({ person: 'MARIA' })).toEqual([2]);
      expect(await find({ person: 'jonas.frei' })).toEqual([4, 3, 1]);
      expect(await find({ events: ['code-refused', 'other'] })).toEqual([3]);
      expect(await find({ outcome: 'failure' })).toEqual([3]);
      expect(await find({ fromMs: 20, toMs: 40 })).toEqual([3, 2]);
      expect(await find({ beforeSequence: 3, limit: 1 })).toEqual([2]);
      const counted = await transact((tx) =>
        tx.searchAudit({ ...records.everyRecord, person: 'jonas.frei', beforeSequence: 2, limit: 1 }),
      );
      expect(counted).toMatchObject({ total: 3, isTotalExact: true });
    });

    test('it is cut at a number, and goes on; not before a number that there is not', async () => {
      for (let index = 1; index <= 30; index += 1) {
        await transact((tx) => tx.appendAudit(note(`No. ${index}`, { atMs: index * 100 })));
      }
      expect(await transact((tx) => tx.firstAuditToKeep(2_000, 5))).toBe(20);
      expect(await transact((tx) => tx.firstAuditToKeep(2_000, 15))).toBe(16);
      expect(await transact((tx) => tx.firstAuditToKeep(99_999, 5))).toBe(26);
      expect(await transact((tx) => tx.firstAuditToKeep(99_999, 500))).toBe(1);
      await transact((tx) => tx.trimAudit(20));
      await transact((tx) => tx.appendAudit(note('After.')));
      expect(await transact((tx) => tx.auditNumbers())).toEqual({ first: 20, last: 31 });
      expect((await transact((tx) => tx.searchAudit(records.everyRecord))).total).toBe(12);
      await expect(transact((tx) => tx.trimAudit(99))).rejects.toThrow('cut before a record');
      // Nobody has written down that retention did it.
      expect(await verifyChain(repository)).toMatchObject({ kind: 'broken', firstBrokenSequence: 20 });
    });
  });

  test('the policy comes back as it is, whatever is in it', async () => {
    const organization = {
      ...records.organization,
      policy: { ...defaultPolicy, windowSteps: 0 },
      name: 'Ünïcode 🗝 "x"',
    };
    await transact((tx) => tx.putOrganization(organization));
    repository = await opened.reopen();
    expect(await transact((tx) => tx.organization())).toEqual(organization);
  });
});
