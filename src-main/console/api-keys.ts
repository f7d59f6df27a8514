// API keys: what a program shows in place of a person's sign-in. 256 random bits, stored hashed, shown once.
import { type ApiKey, type ApiScope, TwofoldError } from '../../src-shared/contract/index.ts';
import { type Actor, audit } from './audit.ts';
import type { ApiKeyRecord } from './records.ts';
import { hashToken, newToken, type RandomBytes, sameHash } from './tokens.ts';
import { Refusal, type Visit } from './visit.ts';

/** Tells a key apart from other secrets, for people and for programs that look for secrets in files. */
export const KEY_PREFIX = 'twofold_';
const WELL_FORMED = /^twofold_[A-Za-z0-9_-]{43}$/;
/** Of which the list shows the first characters: 36 of the 256 bits. */
const SHOWN_CHARACTERS = KEY_PREFIX.length + 6;

const MINUTE_MS = 60_000;
/** The last use is written down no more often. */
const TOUCH_MS = MINUTE_MS;
/** Refusals within one minute before further ones are turned away without a look at a record. */
export const REFUSALS_PER_MINUTE = 20;

/** A new key, and the part of it that may be shown later. */
export function newApiKey(random: RandomBytes): { key: string; prefix: string; keyHash: string } {
  const key = `${KEY_PREFIX}${newToken(random)}`;
  return { key, prefix: key.slice(0, SHOWN_CHARACTERS), keyHash: hashToken(key) };
}

/** The record as administrators see it: without the hash. */
export const describeApiKey = ({ keyHash: _keyHash, ...shown }: ApiKeyRecord): ApiKey => shown;

/** The key works now. */
export const isInForce = ({ revokedAtMs, expiresAtMs }: ApiKeyRecord, nowMs: number): boolean =>
  revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs);

/** Whom the audit names for what is done with a key. No user name has a space, so it is nobody's. */
export const programName = ({ name }: { readonly name: string }): string => `API key ${name}`;

/** A program acts for the whole organization, whoever made its key. */
export const programActor = (record: ApiKeyRecord): Actor => ({
  id: record.id,
  userName: programName(record),
  administersUnitId: null,
  factorId: null,
  isServiceAccount: true,
});

const notAccepted = (): TwofoldError =>
  new TwofoldError(
    'not-signed-in',
    'This needs an API key that is in force, as "Authorization: Bearer twofold_…". Nothing was done.',
  );

interface Recent {
  readonly sinceMs: number;
  readonly refusals: number;
  /** Since the last record of the audit. */
  readonly unrecorded: number;
}

/**
 * Refusals of one run of the program, by what was refused: a flood of them writes one record a minute, which says how
 * many there were. There are no more entries than keys, and one for keys that nobody made.
 */
export class ApiRefusals {
  readonly #recent = new Map<string, Recent>();

  /** Counts one. Answers how many earlier ones this record must tell of, or null where none is due. */
  count(of: string, nowMs: number): number | null {
    const known = this.#recent.get(of);
    if (known !== undefined && nowMs - known.sinceMs < MINUTE_MS && nowMs >= known.sinceMs) {
      const more = { refusals: known.refusals + 1, unrecorded: known.unrecorded + 1 };
      this.#recent.set(of, { ...known, ...more });
      return null;
    }
    this.#recent.set(of, { sinceMs: nowMs, refusals: 1, unrecorded: 0 });
    return known?.unrecorded ?? 0;
  }

  /** When the next one is looked at again, or null: now. */
  waitUntilMs(of: string, nowMs: number): number | null {
    const known = this.#recent.get(of);
    if (known === undefined || known.refusals < REFUSALS_PER_MINUTE) return null;
    const untilMs = known.sinceMs + MINUTE_MS;
    return nowMs >= known.sinceMs && nowMs < untilMs ? untilMs : null;
  }
}

async function refuse(
  visit: Visit,
  refusals: ApiRefusals,
  { of, summary, error }: { readonly of: ApiKeyRecord | null; readonly summary: string; error: TwofoldError },
): Promise<Refusal> {
  const id = of?.id ?? 'unknown';
  const waitUntilMs = refusals.waitUntilMs(id, visit.nowMs);
  const earlier = refusals.count(id, visit.nowMs);
  if (earlier !== null) {
    await audit(visit, {
      event: 'api-key-refused',
      subject: null,
      actor: of === null ? null : programActor(of),
      summary: earlier === 0 ? summary : `${summary} The same before, not recorded singly: ${earlier} times.`,
    });
  }
  if (waitUntilMs === null) return new Refusal(error);
  return new Refusal(
    new TwofoldError('locked-out', 'Too many refused requests. Wait a minute, then try again.', {
      reason: 'too-many-refusals',
      retryAtMs: waitUntilMs,
    }),
  );
}

/**
 * The key's record where it is in force and has the scope, else a Refusal: one answer for a key that nobody made, one
 * that was revoked and one that is over. The key is looked up by its hash, so that no time tells how much of it is right.
 */
export async function requireApiKey(
  visit: Visit,
  refusals: ApiRefusals,
  key: string | null,
  scope: ApiScope,
): Promise<ApiKeyRecord | Refusal> {
  const keyHash = key !== null && WELL_FORMED.test(key) ? hashToken(key) : null;
  const record = keyHash === null ? null : await visit.tx.apiKeyByHash(keyHash);
  if (record === null || keyHash === null || !sameHash(record.keyHash, keyHash)) {
    const summary = 'A request without a known API key was refused.';
    return refuse(visit, refusals, { of: null, summary, error: notAccepted() });
  }
  if (!isInForce(record, visit.nowMs)) {
    const why = record.revokedAtMs === null ? 'is over' : 'was revoked';
    const summary = `A request with an API key that ${why} was refused.`;
    return refuse(visit, refusals, { of: record, summary, error: notAccepted() });
  }
  if (!record.scopes.includes(scope)) {
    return refuse(visit, refusals, {
      of: record,
      summary: `A request that the API key does not allow was refused: ${scope}.`,
      error: new TwofoldError('not-permitted', `This API key does not have the scope ${scope}.`, {
        reason: 'scope',
      }),
    });
  }
  if (visit.nowMs - (record.lastUsedAtMs ?? -Infinity) >= TOUCH_MS) {
    await visit.tx.putApiKey({ ...record, lastUsedAtMs: visit.nowMs });
  }
  return record;
}
