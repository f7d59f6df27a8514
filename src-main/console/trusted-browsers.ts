// Trusted browsers (S13): a token `series:counter` whose counter turns at each use. A stale counter means theft.
import { audit } from './audit.ts';
import { withNotice } from './notices.ts';
import type { TrustRecord, User } from './records.ts';
import { hashToken, newId, newToken, sameHash } from './tokens.ts';
import type { Visit } from './visit.ts';

/** Several people may trust one browser: the slot holds a token for each. Cookies have little room. */
const TOKENS_PER_BROWSER = 15;
const SEPARATOR = '.';

interface TrustToken {
  readonly series: string;
  readonly counter: string;
}

const TOKEN = /^([A-Za-z0-9_-]{43}):([A-Za-z0-9_-]{43})$/;

const readTokens = (visit: Visit): TrustToken[] =>
  (visit.browser.read('trust') ?? '')
    .split(SEPARATOR)
    .slice(0, TOKENS_PER_BROWSER)
    .flatMap((text) => {
      const [, series, counter] = TOKEN.exec(text) ?? [];
      return series === undefined || counter === undefined ? [] : [{ series, counter }];
    });

function writeTokens(visit: Visit, tokens: readonly TrustToken[]): void {
  if (tokens.length === 0) {
    visit.browser.clear('trust');
    return;
  }
  const value = tokens
    .slice(-TOKENS_PER_BROWSER)
    .map(({ series, counter }) => `${series}:${counter}`)
    .join(SEPARATOR);
  visit.browser.write('trust', value, visit.nowMs + visit.policy.trustMs);
}

/** A policy that was made shorter holds at once, and one that lets nobody trust a browser too. */
const endsAtMs = ({ expiresAtMs, firstUsedAtMs }: TrustRecord, { policy }: Visit): number =>
  policy.trustedBrowsersPerUser === 0 ? 0 : Math.min(expiresAtMs, firstUsedAtMs + policy.trustMs);

/** Whether the trust counts at the visit's time. */
export const isInForce = (trust: TrustRecord, user: User, visit: Visit): boolean =>
  endsAtMs(trust, visit) > visit.nowMs && trust.epoch === user.trustEpoch && trust.factorId === user.factorId;

/** The token of this browser for that user, with its record; another user's token is a soft miss. */
async function tokenOf(visit: Visit, user: User): Promise<{ token: TrustToken; trust: TrustRecord } | null> {
  for (const token of readTokens(visit)) {
    const trust = await visit.tx.trustBySeries(hashToken(token.series));
    if (trust?.userId === user.id) return { token, trust };
  }
  return null;
}

export type TrustUse =
  | { readonly kind: 'trusted'; readonly trust: TrustRecord }
  | { readonly kind: 'not-trusted' }
  /** The series is dead; `user` carries the notice. */
  | { readonly kind: 'stolen'; readonly user: User };

/** Uses this browser's trust for the user, after a right password: the counter turns, or the series dies. */
export async function useTrust(visit: Visit, user: User): Promise<TrustUse> {
  const found = await tokenOf(visit, user);
  if (found === null) return { kind: 'not-trusted' };
  const { token, trust } = found;
  const others = readTokens(visit).filter(({ series }) => series !== token.series);
  if (!isInForce(trust, user, visit)) {
    await visit.tx.removeTrust(trust.id);
    writeTokens(visit, others);
    return { kind: 'not-trusted' };
  }
  if (!sameHash(hashToken(token.counter), trust.counterHash)) {
    const warned = withNotice(user, 'trusted-browser-stolen', visit.nowMs);
    await endStolen(visit, trust);
    await visit.tx.putUser(warned);
    writeTokens(visit, others);
    await audit(visit, {
      event: 'trusted-browser-stolen',
      subject: user,
      actor: null,
      summary: `The trusted browser ${trust.browser} showed an old token, which may have been copied. Its trust and its sessions were ended.`,
    });
    return { kind: 'stolen', user: warned };
  }
  const counter = newToken(visit.random);
  const turned = {
    ...trust,
    counterHash: hashToken(counter),
    browser: visit.browser.name,
    lastUsedAtMs: visit.nowMs,
  };
  await visit.tx.putTrust(turned);
  writeTokens(visit, [...others, { series: token.series, counter }]);
  await audit(visit, {
    event: 'trusted-browser-used',
    subject: user,
    actor: user,
    summary: 'The browser is trusted, so no code was asked.',
  });
  return { kind: 'trusted', trust: turned };
}

/** Trusts the calling browser for the user from now on, in place of what it had. The longest unused one makes room. */
export async function addTrust(visit: Visit, user: User, factorId: string): Promise<TrustRecord> {
  const { tx, nowMs, policy, random } = visit;
  const before = await tokenOf(visit, user);
  if (before !== null) await tx.removeTrust(before.trust.id);
  const others: TrustToken[] = [];
  for (const token of readTokens(visit)) {
    const trust = await tx.trustBySeries(hashToken(token.series));
    if (trust !== null && trust.userId !== user.id) others.push(token);
  }
  const kept = (await trustsInForce(visit, user)).sort((a, b) => b.lastUsedAtMs - a.lastUsedAtMs);
  for (const trust of kept.slice(policy.trustedBrowsersPerUser - 1)) await tx.removeTrust(trust.id);
  const token = { series: newToken(random), counter: newToken(random) };
  const trust: TrustRecord = {
    id: newId(random),
    userId: user.id,
    factorId,
    epoch: user.trustEpoch,
    seriesHash: hashToken(token.series),
    counterHash: hashToken(token.counter),
    browser: visit.browser.name,
    firstUsedAtMs: nowMs,
    lastUsedAtMs: nowMs,
    expiresAtMs: nowMs + policy.trustMs,
  };
  await tx.putTrust(trust);
  writeTokens(visit, [...others, token]);
  await audit(visit, {
    event: 'browser-trusted',
    subject: user,
    actor: user,
    summary: 'The browser is trusted: from it the code is not asked again until the trust ends.',
  });
  return trust;
}

/** The user's trusted browsers that count; records that are over are cleared away. */
export async function trustsInForce(visit: Visit, user: User): Promise<TrustRecord[]> {
  const inForce: TrustRecord[] = [];
  for (const trust of await visit.tx.trustsOf(user.id)) {
    if (isInForce(trust, user, visit)) inForce.push({ ...trust, expiresAtMs: endsAtMs(trust, visit) });
    else await visit.tx.removeTrust(trust.id);
  }
  return inForce;
}

/** The calling browser's trust for the user, without using it. */
export async function trustOfBrowser(visit: Visit, user: User): Promise<TrustRecord | null> {
  const found = await tokenOf(visit, user);
  if (found === null || !isInForce(found.trust, user, visit)) return null;
  if (!sameHash(hashToken(found.token.counter), found.trust.counterHash)) return null;
  return { ...found.trust, expiresAtMs: endsAtMs(found.trust, visit) };
}

/** Ends a trust that somebody else may have, with the sessions that it opened. */
async function endStolen(visit: Visit, trust: TrustRecord): Promise<void> {
  await visit.tx.removeTrust(trust.id);
  for (const session of await visit.tx.sessionsOf(trust.userId)) {
    if (session.trustId === trust.id) await visit.tx.removeSession(session.id);
  }
}

/** Ends the trust of all the user's browsers and answers how many there were. The caller raises the epoch. */
export async function endTrusts(visit: Visit, user: User): Promise<number> {
  const inForce = await trustsInForce(visit, user);
  for (const trust of inForce) await visit.tx.removeTrust(trust.id);
  return inForce.length;
}
