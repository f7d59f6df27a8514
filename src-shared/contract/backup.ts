// Contract: encrypted backups of the authenticator's accounts — where, how many, when, and whether they really open.
import { z } from 'zod';
import { filledText, method, Nothing, text, TimeMs } from './define.ts';

const folder = filledText(4_096);

export const BackupPlan = z.strictObject({
  /** An absolute path. */
  folder,
  /** After each change of the accounts, some seconds later. */
  automatic: z.boolean(),
  /** How many files are kept; the oldest go. */
  generations: z.number().int().min(1).max(100),
});
export type BackupPlan = z.infer<typeof BackupPlan>;

export const BackupFact = z.strictObject({ atMs: TimeMs, path: z.string(), accounts: z.number().int() });
export type BackupFact = z.infer<typeof BackupFact>;

export const BackupStatus = z.strictObject({
  /** Null until a backup password has been chosen. */
  plan: BackupPlan.nullable(),
  /** Where backups would lie if nothing else is said. */
  suggestedFolder: z.string(),
  last: BackupFact.nullable(),
  /** Why the latest attempt failed; null once one has succeeded. */
  lastFailure: z.strictObject({ atMs: TimeMs, message: z.string() }).nullable(),
  /** The latest test restore that succeeded. */
  lastTest: BackupFact.nullable(),
  /** Whether accounts were changed after the last backup. */
  isBehind: z.boolean(),
  /** There are accounts and no backup, and the user has not put the reminder off. */
  isReminderDue: z.boolean(),
});
export type BackupStatus = z.infer<typeof BackupStatus>;

export const BackupTest = z.strictObject({
  ...BackupFact.shape,
  /** Accounts in use that the file lacks, and those of the file that are no longer in use. */
  missing: z.number().int(),
  extra: z.number().int(),
});
export type BackupTest = z.infer<typeof BackupTest>;

export const backup = {
  'backup:status': method('local', Nothing, BackupStatus),
  /** Chooses the backup password (anew) and the plan, and makes the first backup at once. Throws `passphrase-refused`. */
  'backup:setUp': method('local', z.strictObject({ password: text(1024), plan: BackupPlan }), BackupStatus),
  'backup:changePlan': method('local', BackupPlan, BackupStatus),
  /** Asks for a folder; null when the user cancelled. Throws `not-available` where the host has no dialog. */
  'backup:chooseFolder': method('local', Nothing, z.strictObject({ folder: z.string().nullable() })),
  /** Throws `conflict` before `setUp`, `storage-failed`. */
  'backup:now': method('local', Nothing, BackupStatus),
  /**
   * Opens the newest backup with the password as a stranger would, and compares it with the accounts in use. Throws
   * `import-refused` (wrong password, damaged) or `not-found`.
   */
  'backup:test': method('local', z.strictObject({ password: text(1024) }), BackupTest),
  /** Puts the reminder off for a week. */
  'backup:remindLater': method('local', Nothing, BackupStatus),
} as const;

export const backupEvents = { 'backup:changed': Nothing } as const;
