// API keys as administrators of the organization make them, revoke them and see them.
import { type ApiKey, type ApiScope, type Output, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { describeApiKey, isInForce, newApiKey } from '../api-keys.ts';
import { audit } from '../audit.ts';
import { nameKey } from '../directory.ts';
import type { ApiKeyRecord } from '../records.ts';
import { newId } from '../tokens.ts';
import type { ConsoleContext, Visit } from '../visit.ts';
import { look, onOrganization, requireWholeOrganization } from './action.ts';

/** In force at once. An organization has a handful of programs; this keeps the list and the audit readable. */
const MOST_KEYS = 100;

/** Every key, newest first. Throws TwofoldError `not-permitted` for administrators of a unit, as everything below. */
export const apiKeys = (context: ConsoleContext, caller: Caller): Promise<Output<'administration:apiKeys'>> =>
  look(context, caller, async ({ tx }, { user }) => {
    requireWholeOrganization(user);
    return { keys: (await tx.apiKeys()).map(describeApiKey) };
  });

interface Wanted {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly expiresAtMs: number | null;
}

async function requirePossible({ tx, nowMs }: Visit, { name, expiresAtMs }: Wanted): Promise<void> {
  if (expiresAtMs !== null && expiresAtMs <= nowMs) {
    throw new TwofoldError('conflict', 'That moment is past. Choose a later one; no key was made.');
  }
  const inForce = (await tx.apiKeys()).filter((record) => isInForce(record, nowMs));
  // The audit tells keys apart by their names.
  if (inForce.some((record) => nameKey(record.name) === nameKey(name))) {
    throw new TwofoldError('already-exists', 'A key of that name is in force. Choose another name.');
  }
  if (inForce.length >= MOST_KEYS) {
    throw new TwofoldError('conflict', `There are ${MOST_KEYS} keys already. Revoke one that is not needed.`);
  }
}

/** Makes a key, answered this once. Needs the administrator's own code. Throws `conflict` and `already-exists`. */
export async function makeApiKey(
  context: ConsoleContext,
  { code, ...wanted }: Wanted & { readonly code: string | null },
  caller: Caller,
): Promise<Output<'administration:makeApiKey'>> {
  // Before the own code is asked, so that none is used up for nothing.
  await look(context, caller, async (visit, { user }) => {
    requireWholeOrganization(user);
    await requirePossible(visit, wanted);
  });
  return onOrganization(context, caller, { code, purpose: 'making of an API key' }, async (visit, actor) => {
    await requirePossible(visit, wanted);
    const { key, prefix, keyHash } = newApiKey(visit.random);
    const record: ApiKeyRecord = {
      id: newId(visit.random),
      name: wanted.name.trim(),
      scopes: [...new Set(wanted.scopes)],
      prefix,
      keyHash,
      createdAtMs: visit.nowMs,
      createdBy: actor.userName,
      lastUsedAtMs: null,
      expiresAtMs: wanted.expiresAtMs,
      revokedAtMs: null,
    };
    await visit.tx.putApiKey(record);
    await audit(visit, {
      event: 'api-key-made',
      subject: null,
      actor,
      summary: `The API key ${record.name} (${prefix}…) was made, for ${record.scopes.join(', ')}.`,
    });
    return { key, record: describeApiKey(record) };
  });
}

/** For good, at once. Nothing happens to one that was revoked before. Throws `not-found`. */
export async function revokeApiKey(
  context: ConsoleContext,
  { keyId, code }: { keyId: string; code: string | null },
  caller: Caller,
): Promise<ApiKey> {
  const requireKey = async ({ tx }: Visit): Promise<ApiKeyRecord> => {
    const record = await tx.apiKey(keyId);
    if (record !== null) return record;
    throw new TwofoldError('not-found', 'There is no such API key. Look at the list again.');
  };
  await look(context, caller, async (visit, { user }) => {
    requireWholeOrganization(user);
    await requireKey(visit);
  });
  return onOrganization(
    context,
    caller,
    { code, purpose: 'revocation of an API key' },
    async (visit, actor) => {
      const record = await requireKey(visit);
      if (record.revokedAtMs !== null) return describeApiKey(record);
      const revoked = { ...record, revokedAtMs: visit.nowMs };
      await visit.tx.putApiKey(revoked);
      await audit(visit, {
        event: 'api-key-revoked',
        subject: null,
        actor,
        summary: `The API key ${record.name} (${record.prefix}…) was revoked: it opens nothing any more.`,
      });
      return describeApiKey(revoked);
    },
  );
}
