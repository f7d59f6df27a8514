// What backups.json holds: the plan, the sealed key of the backups, and what became of the latest ones. Never a password.
import { z } from 'zod';
import { BackupFact, BackupPlan, BackupStatus } from '../../../src-shared/contract/backup.ts';
import { TimeMs } from '../../../src-shared/contract/define.ts';
import { KdfCost, SALT_BYTES } from '../../secrets/passphrase.ts';
import { type SealingKey, seal, unseal } from '../../secrets/sealing.ts';
import type { PreparedKey } from '../transfer/twofold/write-backup.ts';

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,512}$/);

export const SealedBackupKey = z.strictObject({
  /** The key that the password makes, sealed under the vault's. */
  sealed: base64url,
  salt: base64url.refine((text) => Buffer.from(text, 'base64url').length === SALT_BYTES),
  cost: KdfCost,
});
export type SealedBackupKey = z.infer<typeof SealedBackupKey>;

export const BackupDocument = z.strictObject({
  /** Both or none. */
  setUp: z.strictObject({ plan: BackupPlan, key: SealedBackupKey }).nullable(),
  /** `state` tells whether the accounts are still the same; see `stateOf`. */
  last: z.strictObject({ ...BackupFact.shape, state: base64url }).nullable(),
  lastFailure: BackupStatus.shape.lastFailure,
  lastTest: BackupFact.nullable(),
  /** When the user wants to be reminded again; null: not put off. */
  remindAtMs: TimeMs.nullable(),
});
export type BackupDocument = z.infer<typeof BackupDocument>;

export const emptyBackupDocument = (): BackupDocument => ({
  setUp: null,
  last: null,
  lastFailure: null,
  lastTest: null,
  remindAtMs: null,
});

const place = (salt: string): string => `backup key\0${salt}`;

export function sealBackupKey(vaultKey: SealingKey, { key, salt, cost }: PreparedKey): SealedBackupKey {
  const saltText = Buffer.from(salt).toString('base64url');
  return { sealed: seal(vaultKey, place(saltText), key).toString('base64url'), salt: saltText, cost };
}

/** Throws SealBroken where the vault's key is another one. */
export function unsealBackupKey(vaultKey: SealingKey, { sealed, salt, cost }: SealedBackupKey): PreparedKey {
  const key = unseal(vaultKey, place(salt), Buffer.from(sealed, 'base64url'));
  return { key, salt: Buffer.from(salt, 'base64url'), cost };
}
