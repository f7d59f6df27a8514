// What the authenticator's vault holds, as it stands inside the sealed file, and how older versions are read.
import { z } from 'zod';
import { Id, MAX_PERIOD_S, OtpAlgorithm, OtpType, TimeMs, TwofoldError } from '../../src-shared/contract/index.ts';

export const VAULT_VERSION = 2;

const Account = z.strictObject({
  id: Id,
  issuer: z.string(),
  name: z.string(),
  type: OtpType,
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(5).max(10),
  /** Seconds; 0 for HOTP. */
  periodS: z.number().int().min(0).max(MAX_PERIOD_S),
  /** The counter of the next code of a HOTP account; null for the others. */
  counter: z.number().int().min(0).nullable(),
  /** Base32 without padding. */
  secret: z.string().regex(/^[A-Z2-7]+$/),
  tags: z.array(z.string()),
  note: z.string(),
  pinned: z.boolean(),
  /** How often, and when last, its code was copied. */
  useCount: z.number().int().min(0),
  lastUsedAtMs: TimeMs.nullable(),
  createdAtMs: TimeMs,
  /** When it was put into the trash; null for accounts in use. */
  deletedAtMs: TimeMs.nullable(),
});
export type VaultAccount = z.infer<typeof Account>;

/** A counter belongs to HOTP and to nothing else, a period to everything else. */
const countsOrTimes = ({
  type,
  counter,
  periodS,
}: Pick<VaultAccount, 'type' | 'counter' | 'periodS'>): boolean =>
  type === 'hotp' ? counter !== null && periodS === 0 : counter === null && periodS > 0;

export const VaultAccount = Account.refine(countsOrTimes, 'must have either a counter or a period');

export const VaultDocument = z.strictObject({
  version: z.literal(VAULT_VERSION),
  /** In the order by hand, those in the trash among them. */
  accounts: z.array(VaultAccount),
});
export type VaultDocument = z.infer<typeof VaultDocument>;

export const emptyVaultDocument = (): VaultDocument => ({ version: VAULT_VERSION, accounts: [] });

/** Lifts a document from one version to the next. Pure; the result is parsed like any other. */
export type Migration = (older: unknown) => unknown;

const Version1 = z.looseObject({ accounts: z.array(z.looseObject({})) });

/** Migration n (from 1) lifts version n to n + 1. Numbered by place; never changed once released. */
const migrations: readonly Migration[] = [
  // Version 1 had timed accounts alone, and nothing around them.
  (older) => {
    const { accounts } = Version1.parse(older);
    const added = { counter: null, tags: [], note: '', pinned: false, useCount: 0, lastUsedAtMs: null };
    return { version: 2, accounts: accounts.map((account) => ({ ...added, ...account })) };
  },
];

/** The document with its accounts not yet looked at. */
const Envelope = VaultDocument.extend({ accounts: z.array(z.unknown()) });

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
const secretPattern = /^[A-Z2-7]+$/;
const FIELDS = Object.keys(Account.shape).length;

const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

const isText = (value: unknown): boolean => typeof value === 'string';

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
    (value.type === 'totp' || value.type === 'hotp' || value.type === 'steam') &&
    'algorithm' in value &&
    (value.algorithm === 'SHA-1' || value.algorithm === 'SHA-256' || value.algorithm === 'SHA-512') &&
    'digits' in value &&
    isWhole(value.digits, 5, 10) &&
    'periodS' in value &&
    'counter' in value &&
    (value.type === 'hotp'
      ? value.periodS === 0 && isWhole(value.counter, 0, Number.MAX_SAFE_INTEGER)
      : isWhole(value.periodS, 1, MAX_PERIOD_S) && value.counter === null) &&
    'secret' in value &&
    typeof value.secret === 'string' &&
    secretPattern.test(value.secret) &&
    'tags' in value &&
    Array.isArray(value.tags) &&
    value.tags.every(isText) &&
    'note' in value &&
    isText(value.note) &&
    'pinned' in value &&
    typeof value.pinned === 'boolean' &&
    'useCount' in value &&
    isWhole(value.useCount, 0, Number.MAX_SAFE_INTEGER) &&
    'lastUsedAtMs' in value &&
    (value.lastUsedAtMs === null || isTime(value.lastUsedAtMs)) &&
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
