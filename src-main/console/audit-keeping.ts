// What the console does with the audit by itself: checks it at start and daily, and removes what retention lets go of.
import { auditOwnWork } from './audit.ts';
import { type AuditVerdict, removedUpTo, verifyChain } from './audit-chain.ts';
import type { ConsoleContext } from './visit.ts';

const SECOND_MS = 1000;
const HOUR_MS = 60 * 60 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

/** The window and the first screens come before it. */
const START_PAUSE_MS = 5 * SECOND_MS;

/** Retention leaves at least so many records, however old: a quiet organization keeps a readable log. */
export const LEAST_RECORDS = 1_000;

/** Checks the whole chain and remembers what was found, for the notice to administrators. */
export async function checkChain(context: ConsoleContext): Promise<AuditVerdict> {
  const before = context.auditCheck.last;
  const verdict = await verifyChain(context.repository);
  context.auditCheck.last = verdict;
  if (verdict.kind !== (before?.kind ?? 'intact')) context.events.emit('console:changed', {});
  return verdict;
}

const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/**
 * Removes records older than the policy keeps them, oldest first, in one transaction with the record that says which.
 * Answers how many. The caller has seen that the chain is intact: a broken one keeps everything, since what is removed
 * could be what shows the break.
 */
export function trimByPolicy({ repository, clock }: ConsoleContext, least = LEAST_RECORDS): Promise<number> {
  return repository.transact(async (tx) => {
    const days = (await tx.organization())?.policy.auditRetentionDays ?? 0;
    if (days === 0) return 0;
    const nowMs = clock.nowMs();
    const sinceMs = nowMs - days * DAY_MS;
    const { first: start } = await tx.auditNumbers();
    const first = await tx.firstAuditToKeep(sinceMs, least);
    if (first <= start) return 0;
    await tx.trimAudit(first);
    const chains = await tx.auditChains();
    await auditOwnWork(tx, nowMs, {
      event: 'audit-trimmed',
      summary: `${removedUpTo(first - 1)}(from no. ${start}) were removed: they were written before ${day(sinceMs)}, and the policy keeps records for ${days} days.`,
      // One chain needs no more than the sentence says.
      ...(chains.length < 2
        ? {}
        : { ties: chains.map((chain) => [chain.id, chain.first - 1, chain.before]) }),
    });
    return first - start;
  });
}

/** Several chains are tied together at least so often while something is written. */
const ANCHOR_MS = HOUR_MS;

/**
 * Writes where every chain stands into one of them, so that none can be changed without all. Nothing to do for one chain,
 * and where nothing but such a record was written since, by whichever node. Answers whether it wrote one.
 */
export function anchorChains({ repository, clock }: ConsoleContext): Promise<boolean> {
  return repository.transact(async (tx) => {
    const chains = await tx.auditChains();
    if (chains.length < 2) return false;
    const newest = await tx.searchAudit({ ...anchors, beforeSequence: null, limit: 1 });
    const nowMs = clock.nowMs();
    const known = newest.records[0];
    if (known !== undefined && known.atMs > nowMs - ANCHOR_MS) return false;
    if (known?.sequence === (await tx.auditNumbers()).last) return false;
    await auditOwnWork(tx, nowMs, {
      event: 'audit-anchored',
      summary: `The ${chains.length} chains of the audit were tied together.`,
      ties: chains.map(({ id, last, hash }) => [id, last, hash]),
    });
    return true;
  });
}

const anchors = {
  search: '',
  events: ['audit-anchored'],
  outcome: null,
  person: '',
  fromMs: null,
  toMs: null,
};

/** One round: the chain is checked, and where it is intact retention does its work. */
export async function keepAudit(context: ConsoleContext): Promise<void> {
  if ((await checkChain(context)).kind === 'broken') return;
  if ((await trimByPolicy(context)) > 0) context.events.emit('console:changed', {});
}

/**
 * A round soon after the start and then daily; one that the storage refused is tried again in an hour. The chains are tied
 * together hourly. Answers how to end it.
 */
export function startAuditKeeping(context: ConsoleContext): () => void {
  let hasEnded = false;
  let cancel = (): void => undefined;
  let cancelAnchors = (): void => undefined;
  const waitForAnchors = (): void => {
    if (hasEnded) return;
    // One that the storage refuses is made up for by the next.
    cancelAnchors = context.clock.after(ANCHOR_MS, () => {
      void anchorChains(context)
        .catch(() => undefined)
        .then(waitForAnchors);
    });
  };
  const wait = (delayMs: number): void => {
    if (hasEnded) return;
    cancel = context.clock.after(delayMs, () => {
      keepAudit(context).then(
        () => wait(DAY_MS),
        () => wait(HOUR_MS),
      );
    });
  };
  wait(START_PAUSE_MS);
  waitForAnchors();
  return () => {
    hasEnded = true;
    cancel();
    cancelAnchors();
  };
}
