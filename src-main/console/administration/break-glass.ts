// Break-glass codes as administrators of the organization make them, take them away and see them stand.
import type { BreakGlass, Output } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { BREAK_GLASS_CODES, endPending } from '../break-glass.ts';
import { makeOfflineCodes } from '../offline-codes.ts';
import type { BreakGlassRecord } from '../records.ts';
import type { ConsoleContext } from '../visit.ts';
import { look, onOrganization, requireWholeOrganization } from './action.ts';

function statusOf(record: BreakGlassRecord | null): BreakGlass {
  if (record === null) return { sealed: null, pending: null };
  const { createdAtMs, createdBy, codeHashes, delayMs, pending } = record;
  return {
    sealed: { createdAtMs, createdBy, codesLeft: codeHashes.length, delayMs },
    pending:
      pending === null
        ? null
        : {
            startedAtMs: pending.startedAtMs,
            effectiveAtMs: pending.effectiveAtMs,
            userName: pending.userName,
            browser: pending.browser,
          },
  };
}

/** Throws TwofoldError `not-permitted` for administrators of a unit, as everything below. */
export const breakGlass = (context: ConsoleContext, caller: Caller): Promise<BreakGlass> =>
  look(context, caller, async ({ tx }, { user }) => {
    requireWholeOrganization(user);
    return statusOf(await tx.breakGlass());
  });

/**
 * Makes the codes, answered this once, with the delay that the policy has now. Earlier ones are worth nothing from then
 * on, and a use of one that waits ends.
 */
export const makeBreakGlass = (
  context: ConsoleContext,
  { code }: { code: string | null },
  caller: Caller,
): Promise<Output<'administration:makeBreakGlass'>> =>
  onOrganization(context, caller, { code, purpose: 'making of break-glass codes' }, async (visit, actor) => {
    const before = await visit.tx.breakGlass();
    if (before !== null) {
      await endPending(visit, before, {
        actor,
        summary: 'The use of a break-glass code ended, because new codes were made.',
      });
    }
    const { codes, hashes } = makeOfflineCodes(visit.random, 'break-glass', BREAK_GLASS_CODES);
    const record: BreakGlassRecord = {
      createdAtMs: visit.nowMs,
      createdBy: actor.userName,
      codeHashes: hashes,
      delayMs: visit.policy.breakGlassDelayMs,
      pending: null,
    };
    await visit.tx.putBreakGlass(record);
    await audit(visit, {
      event: 'break-glass-made',
      subject: null,
      actor,
      summary: `Break-glass codes were made: ${codes.length}. Earlier ones are worth nothing any more.`,
    });
    return { codes, status: statusOf(record) };
  });

/** Takes the codes away, and ends a use of one that waits. */
export const removeBreakGlass = (
  context: ConsoleContext,
  { code }: { code: string | null },
  caller: Caller,
): Promise<BreakGlass> =>
  onOrganization(context, caller, { code, purpose: 'removal of break-glass codes' }, async (visit, actor) => {
    const before = await visit.tx.breakGlass();
    if (before === null) return statusOf(null);
    await endPending(visit, before, {
      actor,
      summary: 'The use of a break-glass code ended, because the codes were taken away.',
    });
    await visit.tx.removeBreakGlass();
    await audit(visit, {
      event: 'break-glass-removed',
      subject: null,
      actor,
      summary: 'The break-glass codes were taken away: none of them can be used any more.',
    });
    return statusOf(null);
  });
