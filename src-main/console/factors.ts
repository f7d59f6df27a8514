// Factors: a shared secret of a user, sealed at rest (S8); pending until its device has shown one right code.
import type { SecretSheet } from '../../src-shared/contract/index.ts';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { encodeBase32 } from '../otp/base32.ts';
import type { OtpParameters } from '../otp/parameters.ts';
import { writeOtpauthUri } from '../otp/otpauth-uri.ts';
import { checkCode, checkPair, type CodeVerdict, type PairVerdict } from '../otp/verifier.ts';
import { seal, SealBroken, unseal } from '../secrets/sealing.ts';
import { audit } from './audit.ts';
import { factorsOf } from './directory.ts';
import { SECRET_BYTES } from './policy.ts';
import { endBreakGlassOf } from './break-glass.ts';
import type { Factor, Organization, User } from './records.ts';
import { newId } from './tokens.ts';
import type { Visit } from './visit.ts';

/** What a shared secret is sealed for (S8). */
export const placeOf = (userId: string, factorId: string): string => `console factor\0${userId}\0${factorId}`;

/** The shared secret in clear. Whoever asks wipes it. Throws TwofoldError `key-unavailable`. */
async function openSecret(visit: Visit, factor: Factor): Promise<Buffer> {
  try {
    return unseal(
      await visit.key(),
      placeOf(factor.userId, factor.id),
      Buffer.from(factor.sealedSecret, 'base64'),
    );
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new TwofoldError(
      'key-unavailable',
      'The shared secret of this user cannot be opened with the key at hand. Nothing was changed; check the keychain, or let an administrator reset the user’s two-factor authentication.',
      undefined,
      error,
    );
  }
}

async function addPending(
  visit: Visit,
  user: User,
  sessionId: string | null,
): Promise<{ user: User; factor: Factor }> {
  const { tx, nowMs, policy, random } = visit;
  if (user.pendingFactorId !== null) await tx.removeFactor(user.pendingFactorId);
  const id = newId(random);
  const secret = random(SECRET_BYTES);
  const factor: Factor = {
    id,
    userId: user.id,
    state: 'pending',
    sealedSecret: seal(await visit.key(), placeOf(user.id, id), secret).toString('base64'),
    algorithm: policy.algorithm,
    digits: policy.digits,
    periodS: policy.periodS,
    createdAtMs: nowMs,
    pendingUntilMs: nowMs + policy.pendingFactorMs,
    sessionId,
    activatedAtMs: null,
    lastUsedAtMs: null,
    lastAcceptedStep: null,
    driftSteps: 0,
    consecutiveFailures: 0,
    blocked: false,
  };
  secret.fill(0);
  await tx.putFactor(factor);
  const changed = { ...user, pendingFactorId: id };
  await tx.putUser(changed);
  return { user: changed, factor };
}

/**
 * The pending factor of a first set-up: the same one until its time is over, whatever happens in between (refresh,
 * wrong codes, a cancelled sign-in, a restart).
 */
export async function pendingForSetUp(visit: Visit, user: User): Promise<{ user: User; factor: Factor }> {
  const { pending } = await factorsOf(visit, user);
  if (pending !== null && pending.sessionId === null) return { user, factor: pending };
  const added = await addPending(visit, user, null);
  await audit(visit, {
    event: 'set-up-started',
    subject: user,
    actor: user,
    summary: 'A set-up of two-factor authentication was started.',
  });
  return added;
}

/** A pending factor for a self-service reset, bound to the session that asked for it. */
export const pendingForReset = (
  visit: Visit,
  user: User,
  sessionId: string,
): Promise<{ user: User; factor: Factor }> => addPending(visit, user, sessionId);

/** What a person needs to set up an authenticator with this factor. */
export async function sheetOf(
  visit: Visit,
  organization: Organization,
  user: User,
  factor: Factor,
): Promise<SecretSheet> {
  const secret = await openSecret(visit, factor);
  try {
    const base32 = encodeBase32(secret);
    return {
      uri: writeOtpauthUri({
        type: 'totp',
        issuer: organization.name,
        name: user.userName,
        secret,
        algorithm: factor.algorithm,
        digits: factor.digits,
        periodS: factor.periodS,
      }),
      groupedSecret: base32.match(/.{1,4}/g)?.join(' ') ?? '',
      issuer: organization.name,
      accountName: user.userName,
    };
  } finally {
    secret.fill(0);
  }
}

/** Throws TwofoldError `code-refused` for what cannot be a code of this factor. It does not count as a guess (S22). */
function requireLength(factor: Factor, typed: string): void {
  if (typed.replaceAll(' ', '').length === factor.digits) return;
  throw new TwofoldError('code-refused', `Enter all ${factor.digits} digits of the code, and no more.`, {
    reason: 'wrong-length',
    digits: factor.digits,
  });
}

const parametersOf = ({ algorithm, digits, periodS }: Factor): OtpParameters => ({
  algorithm,
  digits,
  periodS,
});

/**
 * Compares a code with the factor at the verifier's time. The window lies where the device's clock is known to be;
 * `driftSteps` 0 is for a device other than the one that was resynchronised. Changes nothing. Throws `code-refused` for
 * a wrong length.
 */
export async function compareCode(
  visit: Visit,
  factor: Factor,
  code: string,
  driftSteps = factor.driftSteps,
): Promise<CodeVerdict> {
  requireLength(factor, code);
  const secret = await openSecret(visit, factor);
  try {
    return checkCode({
      secret,
      parameters: parametersOf(factor),
      nowMs: visit.nowMs,
      windowSteps: visit.policy.windowSteps,
      driftSteps,
      lastAcceptedStep: factor.lastAcceptedStep,
      code,
    });
  } finally {
    secret.fill(0);
  }
}

/** Two codes in a row (S16). Changes nothing. Throws `code-refused` for a wrong length. */
export async function comparePair(
  visit: Visit,
  factor: Factor,
  { first, second }: { readonly first: string; readonly second: string },
): Promise<PairVerdict> {
  requireLength(factor, first);
  requireLength(factor, second);
  const secret = await openSecret(visit, factor);
  try {
    return checkPair({
      secret,
      parameters: parametersOf(factor),
      nowMs: visit.nowMs,
      lastAcceptedStep: factor.lastAcceptedStep,
      first,
      second,
    });
  } finally {
    secret.fill(0);
  }
}

/** What belonged to a factor that is no more: proofs and codes of it, and a break-glass use meant to replace it. */
async function withoutOldFactor(visit: Visit, user: User): Promise<User> {
  await endBreakGlassOf(visit, user);
  return { ...user, factorId: null, backupProvenAtMs: null, recoveryCodes: null };
}

/** Puts the pending factor in force in place of the one before. Its proving code is used up (S1). */
export async function putInForce(visit: Visit, user: User, pending: Factor, step: number): Promise<User> {
  if (user.factorId !== null) await visit.tx.removeFactor(user.factorId);
  await visit.tx.putFactor({
    ...pending,
    state: 'active',
    pendingUntilMs: null,
    sessionId: null,
    activatedAtMs: visit.nowMs,
    lastUsedAtMs: visit.nowMs,
    lastAcceptedStep: step,
  });
  const changed = {
    ...(await withoutOldFactor(visit, user)),
    factorId: pending.id,
    pendingFactorId: null,
  };
  await visit.tx.putUser(changed);
  return changed;
}

export async function removePending(visit: Visit, user: User): Promise<User> {
  if (user.pendingFactorId === null) return user;
  await visit.tx.removeFactor(user.pendingFactorId);
  const changed = { ...user, pendingFactorId: null };
  await visit.tx.putUser(changed);
  return changed;
}

/** Removes both the factor in force and a pending one, and what belonged to them. */
export async function removeFactors(visit: Visit, user: User): Promise<User> {
  if (user.factorId !== null) await visit.tx.removeFactor(user.factorId);
  const changed = await withoutOldFactor(visit, await removePending(visit, user));
  await visit.tx.putUser(changed);
  return changed;
}
