// Exchanging the key that seals the shared secrets, while nodes work on. Steps, each of which may be interrupted and begun
// again: the new key stands in the store, sealed by the former one, so that every node can open it; the secrets are sealed
// anew, a batch at a time; when none is left, and every node keeps the new key, the former one is retired.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { newKey } from '../secrets/held-keys.ts';
import { SealBroken, type SealingKey } from '../secrets/sealing.ts';
import { type AuditEvent, auditOwnWork } from './audit.ts';
import { CheckedRepository } from './checked-repository.ts';
import type { KeyPlace } from './key-place.ts';
import type { Factor, SealingKeys } from './records.ts';
import type { ConsoleTransaction, Resealed } from './repository.ts';
import { rotationTo, sealFor, SecretSealer } from './secret-sealer.ts';
import type { ConsoleContext, ConsoleOptions } from './visit.ts';

/** What all that concerns the key works with; a part of the console's own. */
export type KeyContext = Pick<ConsoleContext, 'repository' | 'sealer' | 'clock'>;

/** For work on the key without the rest of the console. */
export function keyContext({
  repository,
  key,
  clock,
}: Pick<ConsoleOptions, 'repository' | 'key' | 'clock'>): KeyContext {
  const sealer = new SecretSealer(key);
  return { repository: new CheckedRepository(repository, sealer), sealer, clock };
}

/** Sealed anew in one transaction; the users' sign-ins wait for no longer than it takes. */
const AT_ONCE = 200;

const conflict = (message: string, reason: string): TwofoldError =>
  new TwofoldError('conflict', message, { reason });

const noRotation = (): TwofoldError =>
  conflict('No rotation is under way: there is no former key to retire. Nothing was changed.', 'no-rotation');

/** Writes the record only where there is a log that anybody reads: not before there is an organization. */
export async function auditKeyWork(
  { clock }: Pick<KeyContext, 'clock'>,
  tx: ConsoleTransaction,
  by: string,
  note: { readonly event: AuditEvent; readonly summary: string },
): Promise<void> {
  if ((await tx.organization()) !== null) await auditOwnWork(tx, clock.nowMs(), note, by);
}

/**
 * Makes a new key, which seals new secrets from then on; where a rotation is under way already, that one goes on. Throws
 * `key-unavailable`; `conflict` where everything is sealed anew already and the former key was not retired.
 */
export function startRotation(context: KeyContext, by: string): Promise<'started' | 'going-on'> {
  const { repository, sealer, clock } = context;
  const next = newKey();
  return repository
    .transact(async (tx) => {
      const current = await sealer.current(tx);
      const record = await tx.sealingKeys();
      const rotation = record?.rotation ?? null;
      if (rotation !== null) {
        if (rotation.resealedAtMs === null) return 'going-on';
        throw conflict(
          'The last rotation is not over: the former key was not retired. Do that first: twofold console key rotate --finish.',
          'not-retired',
        );
      }
      await tx.putSealingKeys(rotationTo(next, current, clock.nowMs()));
      await auditKeyWork(context, tx, by, {
        event: 'sealing-key-rotation-started',
        summary: 'A new key was made for the shared secrets, and they are being sealed anew.',
      });
      return 'started' as const;
    })
    .finally(() => next.wipe());
}

export interface Resealing {
  readonly resealed: number;
  /** The user names of those whose secret no key at hand opens. */
  readonly broken: readonly string[];
}

/**
 * Seals every secret by the current key that is not yet, a batch at a time, while others may change them. `onProgress` hears
 * how many are done, and how many there were to do.
 */
export async function resealAll(
  context: KeyContext,
  onProgress: (done: number, of: number) => void,
): Promise<Resealing> {
  const { repository, sealer } = context;
  const total = await repository.read(async (tx) => {
    const known = await sealer.keys(tx);
    return known === null ? 0 : tx.countFactorsNotSealedBy(known.current.id);
  });
  let resealed = 0;
  const brokenOf = new Map<string, string>();
  // Those that were changed in between are met again in the next round.
  for (let isAgain = true; isAgain;) {
    isAgain = false;
    for (let after = ''; ;) {
      const batch = await repository.transact((tx) => resealBatch(context, tx, after));
      resealed += batch.resealed;
      isAgain ||= batch.overtaken > 0;
      for (const { id, userId } of batch.broken) brokenOf.set(id, userId);
      if (batch.last === null) break;
      after = batch.last;
      onProgress(resealed, total);
    }
  }
  return { resealed, broken: await userNames(context, [...new Set(brokenOf.values())]) };
}

interface Batch {
  readonly resealed: number;
  readonly overtaken: number;
  readonly broken: readonly Factor[];
  /** Null after the last one. */
  readonly last: string | null;
}

async function resealBatch({ sealer }: KeyContext, tx: ConsoleTransaction, after: string): Promise<Batch> {
  const current: SealingKey = await sealer.current(tx);
  const factors = await tx.factorsNotSealedBy(current.id, after, AT_ONCE);
  const secrets: Resealed[] = [];
  const broken: Factor[] = [];
  for (const factor of factors) {
    try {
      const secret = await sealer.openSecret(tx, factor);
      secrets.push({ factorId: factor.id, from: factor.sealedSecret, ...sealFor(current, factor, secret) });
      secret.fill(0);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      broken.push(factor);
    }
  }
  const resealed = secrets.length === 0 ? 0 : await tx.reseal(secrets);
  return { resealed, overtaken: secrets.length - resealed, broken, last: factors.at(-1)?.id ?? null };
}

const userNames = ({ repository }: KeyContext, ids: readonly string[]): Promise<readonly string[]> =>
  repository.read(async (tx) => (await tx.listUsers(ids)).map(({ userName }) => userName));

/** Notes that everything is sealed anew. Throws `conflict` where something is not. */
export function endResealing(context: KeyContext, by: string): Promise<void> {
  return context.repository.transact(async (tx) => {
    const { current, rotation } = await underWay(tx);
    await requireNoneLeft(tx, current.id);
    if (rotation.resealedAtMs !== null) return;
    await tx.putSealingKeys({ current, rotation: { ...rotation, resealedAtMs: context.clock.nowMs() } });
    await auditKeyWork(context, tx, by, {
      event: 'sealing-key-rotated',
      summary: 'Every shared secret is sealed by the new key.',
    });
  });
}

/** From then on the former key is of no use. Throws `conflict` while any secret is sealed by it, or without a rotation. */
export function retireFormerKey(context: KeyContext, by: string): Promise<void> {
  return context.repository.transact(async (tx) => {
    const { current } = await underWay(tx);
    await requireNoneLeft(tx, current.id);
    await tx.putSealingKeys({ current, rotation: null });
    await auditKeyWork(context, tx, by, {
      event: 'sealing-key-retired',
      summary: 'The former key of the shared secrets was retired: it opens nothing any more.',
    });
  });
}

/** The nodes that keep the new key by now. Throws `conflict` where no rotation is under way. */
export const nodesWithNewKey = ({ repository }: KeyContext): Promise<readonly string[]> =>
  repository.read(async (tx) => (await underWay(tx)).rotation.takenUpBy);

type UnderWay = SealingKeys & { readonly rotation: NonNullable<SealingKeys['rotation']> };

async function underWay(tx: ConsoleTransaction): Promise<UnderWay> {
  const record = await tx.sealingKeys();
  if (record?.rotation === null || record?.rotation === undefined) throw noRotation();
  return { current: record.current, rotation: record.rotation };
}

async function requireNoneLeft(tx: ConsoleTransaction, keyId: string): Promise<void> {
  const left = await tx.countFactorsNotSealedBy(keyId);
  if (left === 0) return;
  throw conflict(
    `${left === 1 ? 'One shared secret is' : `${left} shared secrets are`} still sealed by the former key, so that it is kept. Run twofold console key rotate again.`,
    'not-resealed',
  );
}

/**
 * Compares this node's key with what the store says, and during a rotation keeps the new key in the place of the former
 * one. Answers whether it did. Throws `key-unavailable` with `details.reason` `wrong-key` where it does not fit, and what
 * the place of the key throws.
 */
export async function takeUpKey(context: KeyContext, place: KeyPlace): Promise<boolean> {
  const node = place.name;
  const { repository, sealer } = context;
  repository.checkAgain();
  const ownId = (await place.key()).id;
  const next = await repository.read(async (tx) => {
    const rotation = (await tx.sealingKeys())?.rotation ?? null;
    const known = await sealer.keys(tx);
    if (rotation === null || known === null) return null;
    // Where another process has written into the same place, we may still hold the former key.
    return rotation.takenUpBy.includes(node) && known.current.id === ownId ? null : known.current;
  });
  if (next === null) return false;
  if (next.id !== ownId) await keepNew(place, next);
  return repository.transact(async (tx) => {
    const record = await tx.sealingKeys();
    const rotation = record?.rotation ?? null;
    if (record === null || rotation === null || rotation.takenUpBy.includes(node)) return false;
    await tx.putSealingKeys({
      ...record,
      rotation: { ...rotation, takenUpBy: [...rotation.takenUpBy, node] },
    });
    await auditKeyWork(context, tx, node, {
      event: 'sealing-key-taken-up',
      summary: `The node “${node}” keeps the new key of the shared secrets from now on.`,
    });
    return true;
  });
}

async function keepNew(place: KeyPlace, key: SealingKey): Promise<void> {
  try {
    await place.keep(key);
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    throw new TwofoldError(
      'key-unavailable',
      `The key of the console’s shared secrets was exchanged, and the new one could not be kept here. This node works on until it is stopped, or the former key is retired. ${error.message}`,
      { reason: 'not-kept' },
      error,
    );
  }
}
