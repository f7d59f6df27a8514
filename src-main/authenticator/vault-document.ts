// What the authenticator's vault holds, as it stands inside the sealed file, and how older versions are read.
import { z } from 'zod';
import { Id, OtpAlgorithm, TimeMs, TwofoldError } from '../../src-shared/contract/index.ts';

export const VAULT_VERSION = 1;

export const VaultAccount = z.strictObject({
  id: Id,
  issuer: z.string(),
  name: z.string(),
  type: z.enum(['totp', 'steam']),
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(5).max(10),
  periodS: z.number().int().min(1).max(86_400),
  /** Base32 without padding. */
  secret: z.string().regex(/^[A-Z2-7]+$/),
  createdAtMs: TimeMs,
  /** When it was put into the trash; null for accounts in use. */
  deletedAtMs: TimeMs.nullable(),
});
export type VaultAccount = z.infer<typeof VaultAccount>;

export const VaultDocument = z.strictObject({
  version: z.literal(VAULT_VERSION),
  accounts: z.array(VaultAccount),
});
export type VaultDocument = z.infer<typeof VaultDocument>;

export const emptyVaultDocument = (): VaultDocument => ({ version: VAULT_VERSION, accounts: [] });

/** Lifts a document from one version to the next. Pure; the result is parsed like any other. */
export type Migration = (older: unknown) => unknown;

/** Migration n (from 1) lifts version n to n + 1. Numbered by place; never changed once released. */
const migrations: readonly Migration[] = [];

/** The document with its accounts not yet looked at. */
const Envelope = VaultDocument.extend({ accounts: z.array(z.unknown()) });

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
const secretPattern = /^[A-Z2-7]+$/;
const FIELDS = Object.keys(VaultAccount.shape).length;

const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

const isTime = (value: unknown): boolean => isWhole(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** The schema VaultAccount as one plain comparison: for 10,000 accounts at the start of the program zod takes too long. */
export function isVaultAccount(value: unknown): value is VaultAccount {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== FIELDS) return false;
  return (
    'id' in value &&
    typeof value.id === 'string' &&
    idPattern.test(value.id) &&
    'issuer' in value &&
    typeof value.issuer === 'string' &&
    'name' in value &&
    typeof value.name === 'string' &&
    'type' in value &&
    (value.type === 'totp' || value.type === 'steam') &&
    'algorithm' in value &&
    (value.algorithm === 'SHA-1' || value.algorithm === 'SHA-256' || value.algorithm === 'SHA-512') &&
    'digits' in value &&
    isWhole(value.digits, 5, 10) &&
    'periodS' in value &&
    isWhole(value.periodS, 1, 86_400) &&
    'secret' in value &&
    typeof value.secret === 'string' &&
    secretPattern.test(value.secret) &&
    'createdAtMs' in value &&
    isTime(value.createdAtMs) &&
    'deletedAtMs' in value &&
    (value.deletedAtMs === null || isTime(value.deletedAtMs))
  );
}

const Versioned = z.looseObject({ version: z.number().int().min(1) });

/** Applies what stands between the value's version and `newest`. Throws TwofoldError `storage-failed` for a newer one. */
export function migrate(value: unknown, newest: number, steps: readonly Migration[]): unknown {
  const { version } = Versioned.parse(value);
  if (version > newest) {
    throw new TwofoldError(
      'storage-failed',
      'The vault was written by a newer Twofold and was left as it is. Install the newer Twofold to open it.',
      { reason: 'newer-version', version },
    );
  }
  return steps.slice(version - 1, newest - 1).reduce((older, step) => step(older), value);
}

/**
 * Reads a document of this or an older version. Throws TwofoldError for one of a newer Twofold, and another error for
 * anything that is no vault document.
 */
export function readVaultDocument(value: unknown): VaultDocument {
  const migrated = migrate(value, VAULT_VERSION, migrations);
  const { version, accounts } = Envelope.parse(migrated);
  // The schema itself only has to say what is wrong.
  return accounts.every(isVaultAccount) ? { version, accounts } : VaultDocument.parse(migrated);
}
