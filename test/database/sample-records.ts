// Records of every kind for the suite over all stores, and what the embedded store answers about them.
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { defaultPolicy } from '../../src-main/console/policy.ts';
import type {
  ApiKeyRecord,
  AuditNote,
  BreakGlassRecord,
  Challenge,
  Counter,
  Device,
  Factor,
  Organization,
  SealingKeys,
  Session,
  TrustRecord,
  Unit,
  User,
} from '../../src-main/console/records.ts';
import type { ConsoleTransaction, FoundUsers, UserSearch } from '../../src-main/console/repository.ts';
import { codeCounterId, nameCounterId } from '../../src-main/console/throttle.ts';
import { MemoryChangeStore } from '../../src-main/storage/memory-change-store.ts';
import { wholeAudit } from '../fakes/console-queries.ts';

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.UTC(2026, 10, 24, 9);

export const organization: Organization = {
  name: 'Northwind',
  twoFactorOn: true,
  twoFactorChangedAtMs: NOW_MS - DAY_MS,
  policy: defaultPolicy,
  rollOutDeadlineMs: null,
  createdAtMs: NOW_MS - 2 * DAY_MS,
};

export const unit: Unit = { id: 'unit-1', name: 'Zürich', nameKey: 'zürich', createdAtMs: 1 };

export const user = (id: string): User => ({
  id,
  userName: id,
  nameKey: id,
  displayName: id,
  role: 'user',
  unitId: null,
  administersUnitId: null,
  active: true,
  isServiceAccount: false,
  passwordHash: 'hash',
  mustChangePassword: false,
  oneTimePasswordUntilMs: null,
  trustEpoch: 1,
  factorId: null,
  pendingFactorId: null,
  backupProvenAtMs: null,
  recoveryCodes: null,
  createdAtMs: NOW_MS - DAY_MS,
  lastSignInAtMs: null,
  recentSignIns: [],
  notices: [],
});

export const fullUser: User = {
  ...user('user-1'),
  userName: 'Jonas.Frei',
  nameKey: 'jonas.frei',
  displayName: 'Jonas “Ünï” Frei 🗝',
  role: 'administrator',
  unitId: 'unit-1',
  administersUnitId: 'unit-1',
  factorId: 'factor-1',
  oneTimePasswordUntilMs: NOW_MS + DAY_MS,
  backupProvenAtMs: NOW_MS - 5,
  recoveryCodes: { madeAtMs: NOW_MS, hashes: ['a', 'b'] },
  lastSignInAtMs: NOW_MS - 10,
  recentSignIns: [{ atMs: NOW_MS, browser: 'Firefox', outcome: 'signed in' }],
  notices: [{ kind: 'wrong-code', message: 'A wrong code was entered.', atMs: NOW_MS }],
};

export const factor: Factor = {
  id: 'factor-1',
  userId: 'user-1',
  state: 'active',
  sealedSecret: 'c2VhbGVk',
  sealedBy: 'key-1',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  createdAtMs: NOW_MS - DAY_MS,
  pendingUntilMs: null,
  sessionId: null,
  activatedAtMs: NOW_MS - DAY_MS / 2,
  lastUsedAtMs: NOW_MS,
  lastAcceptedStep: 77,
  driftSteps: -3,
  consecutiveFailures: 0,
  blocked: false,
};

export const trust: TrustRecord = {
  id: 'trust-1',
  userId: 'user-1',
  factorId: 'factor-1',
  epoch: 1,
  seriesHash: 'series',
  counterHash: 'counter',
  browser: 'Firefox on Linux',
  firstUsedAtMs: NOW_MS,
  lastUsedAtMs: NOW_MS,
  expiresAtMs: NOW_MS + 30 * DAY_MS,
};

export const session: Session = {
  id: 'session-1',
  userId: 'user-1',
  tokenHash: 'token',
  browser: 'Firefox on Linux',
  startedAtMs: NOW_MS,
  lastUsedAtMs: NOW_MS,
  endsAtMs: NOW_MS + DAY_MS,
  trustId: 'trust-1',
  notices: [],
  keepSecret: { after: 'set-up', untilMs: NOW_MS + 1 },
};

export const challenge: Challenge = {
  id: 'challenge-1',
  userId: 'user-1',
  tokenHash: 'challenge-token',
  createdAtMs: NOW_MS,
  expiresAtMs: NOW_MS + 1_000,
  wrongCodes: 2,
};

export const counter: Counter = {
  id: 'code-user-1',
  failuresAtMs: [NOW_MS - 1, NOW_MS],
  lockedUntilMs: null,
  locksAtMs: [],
  updatedAtMs: NOW_MS,
  known: true,
};

export const device: Device = { id: 'device-1', userIds: ['user-1', 'user-2'], lastUsedAtMs: NOW_MS };

export const apiKey: ApiKeyRecord = {
  id: 'key-1',
  name: 'Reports',
  scopes: ['users:read'],
  prefix: 'twofold_abc',
  keyHash: 'key-hash',
  createdAtMs: NOW_MS,
  createdBy: 'jonas.frei',
  lastUsedAtMs: null,
  expiresAtMs: NOW_MS + DAY_MS,
  revokedAtMs: null,
};

export const breakGlass: BreakGlassRecord = {
  createdAtMs: NOW_MS,
  createdBy: 'jonas.frei',
  codeHashes: ['one', 'two'],
  delayMs: DAY_MS,
  pending: {
    codeHash: 'three',
    userId: 'user-1',
    userName: 'jonas.frei',
    browser: 'Firefox',
    startedAtMs: NOW_MS,
    effectiveAtMs: NOW_MS + DAY_MS,
  },
};

export const sealingKeys: SealingKeys = {
  current: { id: 'key-2', check: 'c2Vjb25k' },
  rotation: {
    former: { id: 'key-1', check: 'Zmlyc3Q' },
    currentByFormer: 'c2VhbGVk',
    formerByCurrent: 'bGVhZGVz',
    startedAtMs: NOW_MS,
    resealedAtMs: null,
    takenUpBy: ['server-1, /etc/twofold/console.key'],
  },
};

/** One of each kind. */
export async function putAll(tx: ConsoleTransaction): Promise<void> {
  await tx.putOrganization(organization);
  await tx.putUnit(unit);
  await tx.putUser(fullUser);
  await tx.putFactor(factor);
  await tx.putTrust(trust);
  await tx.putSession(session);
  await tx.putChallenge(challenge);
  await tx.putCounter(counter);
  await tx.putDevice(device);
  await tx.putApiKey(apiKey);
  await tx.putBreakGlass(breakGlass);
  await tx.putSealingKeys(sealingKeys);
}

const NAMES = ['Ada Müller', 'Bo Frei', 'Čapek Müllner', 'Zoë Åkesson', 'ada meier'];

/** 40 users who differ in everything that a list shows. */
export async function putCrowd(tx: ConsoleTransaction): Promise<void> {
  await tx.putUnit(unit);
  await tx.putUnit({ ...unit, id: 'unit-2', name: 'Bern', nameKey: 'bern' });
  for (let index = 0; index < 40; index += 1) {
    const id = `crowd-${(index * 7) % 40}`;
    const hasFactor = index % 3 !== 0;
    const isPending = !hasFactor && index % 2 === 0;
    await tx.putUser({
      ...user(id),
      userName: `Name.${(index * 13) % 40}`,
      nameKey: `name.${(index * 13) % 40}`,
      displayName: NAMES[index % NAMES.length] ?? '',
      role: index % 8 === 0 ? 'administrator' : 'user',
      administersUnitId: index % 16 === 0 ? 'unit-1' : null,
      unitId: index % 4 === 0 ? null : index % 4 === 1 ? 'unit-1' : 'unit-2',
      active: index % 9 !== 4,
      isServiceAccount: index % 11 === 5,
      factorId: hasFactor ? `factor-${index}` : null,
      pendingFactorId: isPending ? `pending-${index}` : null,
      backupProvenAtMs: index % 5 === 0 ? NOW_MS - (index % 3) * 1_000 : null,
      createdAtMs: NOW_MS - (index % 6) * DAY_MS,
      lastSignInAtMs: index % 4 === 0 ? null : NOW_MS - (index % 7) * 60_000,
    });
    if (hasFactor) {
      await tx.putFactor({
        ...factor,
        id: `factor-${index}`,
        userId: id,
        blocked: index % 10 === 1,
        activatedAtMs: index % 7 === 1 ? null : NOW_MS - (index % 5) * DAY_MS,
      });
    }
    if (isPending) {
      await tx.putFactor({
        ...factor,
        id: `pending-${index}`,
        userId: id,
        state: 'pending',
        pendingUntilMs: NOW_MS + (index % 4 === 0 ? 1 : -1) * 60_000,
      });
    }
    for (let browser = 0; browser < index % 4; browser += 1) {
      const name = `trust-${index}-${browser}`;
      const expiresAtMs = NOW_MS + (browser === 2 ? -1 : DAY_MS);
      await tx.putTrust({ ...trust, id: name, userId: id, seriesHash: name, expiresAtMs });
    }
    if (index % 6 === 0) await tx.putSession({ ...session, id: `s-${index}`, userId: id, tokenHash: id });
    if (index % 12 === 3) {
      await tx.putCounter({ ...counter, id: codeCounterId(id), lockedUntilMs: NOW_MS + 1_000 });
    }
    if (index % 12 === 7) {
      const name = nameCounterId(`name.${(index * 13) % 40}`);
      await tx.putCounter({ ...counter, id: name, lockedUntilMs: NOW_MS + (index % 2) * 1_000 });
    }
  }
}

const crowd = async (): Promise<EmbeddedRepository> => {
  const repository = await EmbeddedRepository.open(new MemoryChangeStore());
  await repository.transact(putCrowd);
  return repository;
};

export const expectedOrder = async (search: UserSearch): Promise<FoundUsers> =>
  (await crowd()).transact((tx) => tx.searchUsers(search));

export const expectedSurroundings = async (): Promise<unknown[]> =>
  (await crowd()).transact(async (tx) => {
    const rows: unknown[] = [];
    for (const one of await tx.usersAfter('', 100)) {
      rows.push([
        one,
        one.factorId === null ? null : await tx.factor(one.factorId),
        (await tx.trustsOf(one.id)).length,
        (await tx.sessionsOf(one.id)).length,
        await tx.counter(codeCounterId(one.id)),
      ]);
    }
    return rows;
  });

export const MOMENTS_MS = [-6, -5, -3.5, -3, -1, 0].map((days) => NOW_MS + days * DAY_MS);

export const expectedRollOut = async () =>
  (await crowd()).transact(async (tx) => ({
    state: await tx.rollOut(NOW_MS),
    counts: await tx.rollOutAt(MOMENTS_MS),
  }));

export const everybody: UserSearch = {
  words: [],
  filter: 'all',
  unitId: null,
  scopeUnitId: null,
  sort: 'user-name',
  descending: false,
  offset: 0,
  limit: 100,
  nowMs: NOW_MS,
};

export const everyRecord = { ...wholeAudit, limit: 100 };

/** A record of the audit about nobody. */
export const note = (summary: string, more: Partial<AuditNote> = {}): AuditNote => ({
  atMs: 0,
  event: 'signed-in',
  subjectId: null,
  subject: null,
  actorId: null,
  actor: null,
  browser: null,
  outcome: 'success',
  summary,
  ...more,
});
