// Previews: what was read so far in one go of adding, with its secrets, kept in main until it is added or expires.
import { randomUUID } from 'node:crypto';
import { type Preview, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import { identityOf, warningsOf } from '../new-account.ts';
import { readMigrationLinks } from './google-migration/importer.ts';
import type { ImportedAccount, ImportResult } from './imported-account.ts';
import { MAX_ENTRIES } from './limits.ts';
import { refuseImport } from './refusal.ts';

/** Since something was last read into it, or looked at. */
export const PREVIEW_MS = 15 * 60 * 1000;
/** Of several windows at most; the oldest give way. */
const MAX_PREVIEWS = 8;
/** More reasons than this help nobody. */
const MAX_LEFT_OUT = 500;

const NOTHING: ImportResult = { accounts: [], leftOut: [], converted: [] };

/** What one reading adds to a preview. */
export interface Reading {
  /** For people: "Aegis", "QR code". */
  readonly source: string;
  readonly result: ImportResult;
  /** Links of Google Authenticator's export, which belong together over several pictures. */
  readonly migrationLinks: readonly string[];
}

interface KeptPreview {
  readonly id: string;
  readonly readings: Reading[];
  /** The id of each account, by its identity: it stays the same while the preview grows. */
  readonly ids: Map<string, string>;
  cancelExpiry: () => void;
}

export class Previews {
  readonly #clock: Clock;
  readonly #kept = new Map<string, KeptPreview>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Adds a reading to that preview, or begins one; answers its id. Throws TwofoldError `not-found` when it has expired,
   * `import-refused` (`over-limit`) when it would hold too much; it is then as it was.
   */
  add(previewId: string | null, reading: Reading): string {
    const preview = previewId === null ? this.#begin() : this.#find(previewId);
    preview.readings.push(reading);
    if (contentOf(preview).accounts.length > MAX_ENTRIES) {
      preview.readings.pop();
      if (previewId === null) this.drop(preview.id);
      throw refuseImport(
        'over-limit',
        `More than ${MAX_ENTRIES.toLocaleString('en')} accounts cannot be added at once. Add these first.`,
      );
    }
    this.#keepAlive(preview);
    return preview.id;
  }

  /** The preview as it is shown; `known` holds the identities of the accounts in use. Throws `not-found`. */
  show(previewId: string, known: ReadonlySet<string>): Preview {
    const preview = this.#find(previewId);
    this.#keepAlive(preview);
    const { accounts, leftOut, converted } = contentOf(preview);
    return {
      id: preview.id,
      sources: [...new Set(preview.readings.map(({ source }) => source))],
      candidates: accounts.map((account) => ({
        id: idOf(preview, account),
        issuer: account.issuer,
        name: account.name,
        type: account.type,
        algorithm: account.algorithm,
        digits: account.digits,
        periodS: account.periodS,
        tags: [...account.tags],
        hasNote: account.note !== '',
        pinned: account.pinned,
        status: known.has(identityOf(account)) ? 'already-there' : 'new',
        warnings: warningsOf(account),
      })),
      leftOut: shortened(leftOut),
      converted: [...converted],
    };
  }

  /** The accounts of a preview by the ids that were shown. Throws `not-found`. */
  accounts(previewId: string): ReadonlyMap<string, ImportedAccount> {
    const preview = this.#find(previewId);
    return new Map(contentOf(preview).accounts.map((account) => [idOf(preview, account), account]));
  }

  drop(previewId: string): void {
    this.#kept.get(previewId)?.cancelExpiry();
    this.#kept.delete(previewId);
  }

  clear(): void {
    for (const id of [...this.#kept.keys()]) this.drop(id);
  }

  #begin(): KeptPreview {
    const preview: KeptPreview = {
      id: randomUUID(),
      readings: [],
      ids: new Map(),
      cancelExpiry: () => undefined,
    };
    this.#kept.set(preview.id, preview);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_PREVIEWS && oldest !== undefined) this.drop(oldest);
    return preview;
  }

  #find(previewId: string): KeptPreview {
    const preview = this.#kept.get(previewId);
    if (preview !== undefined) return preview;
    throw new TwofoldError(
      'not-found',
      'The preview has expired, and nothing was added. Read the picture, link or file again.',
    );
  }

  #keepAlive(preview: KeptPreview): void {
    preview.cancelExpiry();
    preview.cancelExpiry = this.#clock.after(PREVIEW_MS, () => this.drop(preview.id));
  }
}

function idOf(preview: KeptPreview, account: ImportedAccount): string {
  const identity = identityOf(account);
  const id = preview.ids.get(identity) ?? randomUUID();
  preview.ids.set(identity, id);
  return id;
}

/** All readings in one; an account that stands in several is one account. */
function contentOf({ readings }: KeptPreview): ImportResult {
  const parts = [...readings.map(({ result }) => result), migrationOf(readings)];
  const distinct = new Map<string, ImportedAccount>();
  for (const account of parts.flatMap(({ accounts }) => accounts)) {
    const identity = identityOf(account);
    if (!distinct.has(identity)) distinct.set(identity, account);
  }
  return {
    accounts: [...distinct.values()],
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
    converted: [...new Set(parts.flatMap(({ converted }) => converted))],
  };
}

/** The QR codes of an export belong together: only with all that were read is it known which ones are missing. */
function migrationOf(readings: readonly Reading[]): ImportResult {
  const links = readings.flatMap(({ migrationLinks }) => migrationLinks);
  if (links.length === 0) return NOTHING;
  try {
    return readMigrationLinks(links);
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    return { ...NOTHING, leftOut: [{ where: 'Google Authenticator', reason: error.message }] };
  }
}

function shortened(leftOut: ImportResult['leftOut']): Preview['leftOut'] {
  if (leftOut.length <= MAX_LEFT_OUT) return [...leftOut];
  const rest = leftOut.length - MAX_LEFT_OUT;
  return [
    ...leftOut.slice(0, MAX_LEFT_OUT),
    { where: 'Further on', reason: `${rest.toLocaleString('en')} more entries were left out.` },
  ];
}
