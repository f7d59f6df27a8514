// Gathers the entries of one file: a bad one is left out with its reason and never fails the others.
import type { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { cleanLabel } from '../../otp/label.ts';
import { type ReadAccount, refuseEntry } from './account-fields.ts';
import type { ImportedAccount, ImportResult } from './imported-account.ts';
import { MAX_ENTRIES } from './limits.ts';
import { refuseImport } from './refusal.ts';

const MAX_WHERE_CHARACTERS = 80;

/** Which entry, for people: its number in the file and its label. Give no label that may hold a secret. */
export function whereOf(index: number, issuer: unknown = '', name: unknown = ''): string {
  const parts = [issuer, name]
    .filter((part) => typeof part === 'string')
    .map((part) => cleanLabel(part.slice(0, MAX_WHERE_CHARACTERS)))
    .filter((part) => part !== '');
  const label = [...new Set(parts)].join(': ');
  return label === ''
    ? `Entry ${index + 1}`
    : `Entry ${index + 1} (${label.slice(0, MAX_WHERE_CHARACTERS).toWellFormed()})`;
}

/** Throws TwofoldError `import-refused`, reason `over-limit`, for more entries than are read. */
export function checkEntryCount(count: number): void {
  if (count > MAX_ENTRIES) {
    throw refuseImport(
      'over-limit',
      `The file has more than ${MAX_ENTRIES.toLocaleString('en')} entries. Split it into several.`,
    );
  }
}

/** The fields of one entry. Throws TwofoldError `account-refused`, naming the field that is wrong. */
export function entryFields<T>(schema: z.ZodType<T>, entry: unknown): T {
  const parsed = schema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.filter((part) => typeof part === 'string').join('.') ?? '';
  const detail = field === '' ? '' : ` (field “${field}”)`;
  throw refuseEntry('shape', `It is not built as this format has it${detail}.`);
}

export class CollectedEntries {
  readonly #accounts: ImportedAccount[] = [];
  readonly #leftOut: { where: string; reason: string }[] = [];
  readonly #converted = new Map<string, number>();

  /** Takes what `read` answers, or leaves the entry out for the reason that it throws (`account-refused`). */
  add(where: string, read: () => ReadAccount): void {
    try {
      const { converted, ...account } = read();
      this.#accounts.push(account);
      for (const sentence of converted) this.convert(sentence);
    } catch (error) {
      if (!(error instanceof TwofoldError) || error.code !== 'account-refused') throw error;
      this.leaveOut(where, error.message);
    }
  }

  leaveOut(where: string, reason: string): void {
    this.#leftOut.push({ where, reason });
  }

  /** Says what was changed or lost; the same sentence of several entries is said once, with their number. */
  convert(sentence: string): void {
    this.#converted.set(sentence, (this.#converted.get(sentence) ?? 0) + 1);
  }

  result(): ImportResult {
    const converted = Array.from(this.#converted, ([sentence, count]) =>
      count === 1 ? sentence : `${sentence} (${count} entries)`,
    );
    return { accounts: this.#accounts, leftOut: this.#leftOut, converted };
  }
}
