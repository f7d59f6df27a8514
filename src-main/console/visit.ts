// One call of one browser inside one transaction: what every rule of the console works with.
import { randomBytes } from 'node:crypto';
import type { Policy, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { Caller } from '../ipc/caller.ts';
import type { EventHub } from '../ipc/events.ts';
import type { AuditEvent } from './audit.ts';
import type { AuditVerdict } from './audit-chain.ts';
import { CheckedRepository } from './checked-repository.ts';
import type { PasswordHasher } from './passwords.ts';
import { defaultPolicy } from './policy.ts';
import type { ConsoleRepository, ConsoleTransaction } from './repository.ts';
import { type KeySource, SecretSealer } from './secret-sealer.ts';
import { StagedBrowser } from './staged-browser.ts';
import type { RandomBytes } from './tokens.ts';

export interface ConsoleOptions {
  readonly repository: ConsoleRepository;
  /** This node's key for the shared secrets. Throws TwofoldError `key-needed` or `key-unavailable`. */
  readonly key: KeySource;
  readonly clock: Clock;
  readonly hasher: PasswordHasher;
  readonly events: EventHub;
  readonly randomBytes?: RandomBytes;
  /** Told of every event of the audit once its record is kept: what happened, and not to whom. */
  readonly onAudited?: (event: AuditEvent) => void;
}

/** The options, completed. */
export interface ConsoleContext extends Omit<ConsoleOptions, 'randomBytes' | 'key' | 'repository'> {
  readonly repository: CheckedRepository;
  readonly sealer: SecretSealer;
  readonly random: RandomBytes;
  /** What the last check of the whole audit found; null before the first. Each start checks anew. */
  readonly auditCheck: { last: AuditVerdict | null };
}

export function createContext({ randomBytes: random, key, ...options }: ConsoleOptions): ConsoleContext {
  const sealer = new SecretSealer(key);
  return {
    ...options,
    repository: new CheckedRepository(options.repository, sealer),
    sealer,
    random: random ?? randomBytes,
    auditCheck: { last: null },
  };
}

export interface Visit {
  readonly tx: ConsoleTransaction;
  readonly browser: StagedBrowser;
  /** The verifier's clock, read once (S9). */
  readonly nowMs: number;
  /** As it is now; the defaults before there is an organization. */
  readonly policy: Policy;
  /** When sessions of people without a factor end; null without a deadline. */
  readonly rollOutDeadlineMs: number | null;
  readonly random: RandomBytes;
  readonly sealer: SecretSealer;
  /** Told of each event that is recorded; it counts once the transaction is kept. */
  readonly noted: (event: AuditEvent) => void;
}

/** An expected failure whose traces (counters, audit) must be kept: returned from the work, so that it is committed. */
export class Refusal {
  readonly error: TwofoldError;

  constructor(error: TwofoldError) {
    this.error = error;
  }
}

/**
 * Runs `work` as one transaction for the caller's browser. What it throws undoes everything; a Refusal that it answers
 * is kept and then thrown. The browser's slots change only once all is durable.
 */
export async function visit<T>(
  context: ConsoleContext,
  caller: Caller,
  work: (visit: Visit) => Promise<T | Refusal>,
): Promise<T> {
  const { browser, outcome, events } = await context.repository.transact(async (tx) => {
    const events: AuditEvent[] = [];
    const staged = new StagedBrowser(caller.browser);
    const organization = await tx.organization();
    const answer = await work({
      tx,
      browser: staged,
      nowMs: context.clock.nowMs(),
      policy: organization?.policy ?? defaultPolicy,
      rollOutDeadlineMs: organization?.rollOutDeadlineMs ?? null,
      random: context.random,
      sealer: context.sealer,
      noted: (event) => events.push(event),
    });
    return { browser: staged, outcome: answer, events };
  });
  browser.apply();
  if (context.onAudited !== undefined) events.forEach(context.onAudited);
  if (outcome instanceof Refusal) throw outcome.error;
  return outcome;
}
