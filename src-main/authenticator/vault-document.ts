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
export const readVaultDocument = (value: unknown): VaultDocument =>
  VaultDocument.parse(migrate(value, VAULT_VERSION, migrations));
