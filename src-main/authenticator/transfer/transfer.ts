// How accounts come in and go out: readings gather in a preview, one step adds them, one step takes them back.
import { randomBytes, randomUUID } from 'node:crypto';
import {
  type Account,
  type Choice,
  type ExportFormat,
  type ExportOutcome,
  type FileReading,
  type Preview,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import type { EventHub } from '../../ipc/events.ts';
import { checkNewPassphrase } from '../../secrets/passphrase.ts';
import { identityOf, vaultAccount } from '../new-account.ts';
import { readPictureHeader } from '../qr/picture-header.ts';
import { shown } from '../shown-account.ts';
import type { Vault } from '../vault.ts';
import type { VaultDoor } from '../vault-door.ts';
import type { VaultAccount } from '../vault-document.ts';
import { checkEntryCount } from './collected-entries.ts';
import { isEncrypted, writeExport } from './export-formats.ts';
import { unwatched } from './export-password.ts';
import type { ExportedFile } from './exporter.ts';
import { type FoundText, isAccountLink, readTexts } from './found-texts.ts';
import { migrationLinks, splitForGoogle } from './google-migration/write-google-migration.ts';
import type { ImportedAccount } from './imported-account.ts';
import { detectFormat } from './importers.ts';
import { type Reading, Previews } from './previews.ts';
import { downloadsFolder, writePrivateFile, writePrivateFiles } from './private-files.ts';
import { refuseImport } from './refusal.ts';

export interface TransferOptions {
  readonly door: VaultDoor;
  readonly clock: Clock;
  readonly events: EventHub;
  /** The texts of all QR codes of a picture. Throws TwofoldError `picture-refused`. */
  readonly readPicture: (picture: Uint8Array) => Promise<readonly string[]>;
  /** Those accounts, or all in use, with their secrets. */
  readonly portableAccounts: (ids: readonly string[] | null) => Promise<readonly ImportedAccount[]>;
  /** Told of accounts that were replaced: what was prepared for their codes is no longer right. */
  readonly onReplaced: (ids: readonly string[]) => void;
  /** Throws TwofoldError `passphrase-refused` unless this proves that the user is there. */
  readonly requireProof: (passphrase: string | null) => Promise<void>;
  /** Where an export goes. Absent where the host has no dialog: then into the folder of downloads. */
  readonly chooseExport?: ChooseExport;
}

/**
 * Asks the user where an export goes: for one file the path with its name, for several the folder. Null: cancelled. The
 * dialog has asked before a file that is there is replaced.
 */
export type ChooseExport = (what: {
  readonly kind: 'file' | 'folder';
  readonly suggestedName: string;
}) => Promise<string | null>;

interface Undo {
  readonly addedIds: ReadonlySet<string>;
  /** Accounts that were replaced, as they were. */
  readonly before: ReadonlyMap<string, VaultAccount>;
}

/** The latest ones can be taken back. */
const MAX_UNDOS = 20;
/** Google Authenticator ties the codes of one export together by a number of four bytes. */
const BATCH_ID_BYTES = 4;

export interface FileToRead {
  readonly previewId: string | null;
  readonly jobId: string;
  readonly name: string;
  readonly content: Uint8Array;
  readonly password: string | null;
}

export class Transfer {
  readonly #options: TransferOptions;
  readonly #previews: Previews;
  readonly #jobs = new Map<string, AbortController>();
  readonly #undos = new Map<string, Undo>();

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#previews = new Previews(options.clock);
  }

  /** Reads a picture or another authenticator's file into a preview. Throws as the contract says. */
  async readFile(file: FileToRead): Promise<FileReading> {
    if (this.#jobs.has(file.jobId)) {
      throw new TwofoldError('conflict', 'This is being read already.');
    }
    const job = new AbortController();
    this.#jobs.set(file.jobId, job);
    try {
      const reading = await this.#readingOf(file, job.signal);
      if ('kind' in reading) return reading;
      return { kind: 'read', preview: await this.#keep(file.previewId, reading) };
    } finally {
      this.#jobs.delete(file.jobId);
    }
  }

  /** Reads a text of links, or what stands in a file in clear, into a preview. Throws TwofoldError `import-refused`. */
  async readText(previewId: string | null, text: string): Promise<Preview> {
    const lines = text
      .split(/\r\n|\n|\r/u)
      .map((line, index) => ({ where: `Line ${index + 1}`, text: line.trim() }))
      .filter((line) => line.text !== '');
    checkEntryCount(lines.length);
    if (!lines.some((line) => isAccountLink(line.text))) {
      const reading = await this.#pastedFile(text);
      if (reading !== null) return this.#keep(previewId, reading);
    }
    return this.#keep(previewId, { source: 'Links', ...readTexts(lines, 'line') });
  }

  /** Throws TwofoldError `not-found` when it has expired. */
  async preview(previewId: string): Promise<Preview> {
    const vault = await this.#options.door.open();
    return this.#previews.show(previewId, knownIn(vault));
  }

  /** Forgets a preview with its secrets. */
  discard(previewId: string): void {
    this.#previews.drop(previewId);
  }

  /** Ends a reading under way, if it is. */
  cancel(jobId: string): void {
    this.#jobs.get(jobId)?.abort();
  }

  /** A link that came from outside: its preview waits, and the windows are told. Throws as `readText` does. */
  async receiveLink(link: string): Promise<void> {
    const { id } = await this.readText(null, link);
    this.#options.events.emit('transfer:incoming', { previewId: id });
  }

  /** Adds what was chosen, all or none. Throws TwofoldError `not-found` (expired, unknown) or `storage-failed`. */
  async add(
    previewId: string,
    choices: readonly Choice[],
  ): Promise<{ undoId: string; added: Account[]; replaced: number }> {
    const { door, clock, onReplaced } = this.#options;
    const vault = await door.open();
    const found = this.#previews.accounts(previewId);
    const nowMs = clock.nowMs();
    const chosen = choices.map(({ id, action }) => {
      const account = found.get(id);
      if (account === undefined) throw unknownCandidate();
      return { action, account };
    });
    let added: VaultAccount[] = [];
    const before = new Map<string, VaultAccount>();
    await vault.change((present) => {
      const inUse = new Map(
        present.filter(({ deletedAtMs }) => deletedAtMs === null).map((each) => [identityOf(each), each]),
      );
      added = [];
      before.clear();
      const replacements = new Map<string, VaultAccount>();
      for (const { action, account } of chosen) {
        const there = action === 'replace' ? inUse.get(identityOf(account)) : undefined;
        if (there === undefined) {
          added.push(vaultAccount(account, nowMs));
        } else {
          before.set(there.id, there);
          replacements.set(there.id, { ...there, ...account, tags: [...account.tags] });
        }
      }
      return [...present.map((each) => replacements.get(each.id) ?? each), ...added];
    });
    this.#previews.drop(previewId);
    onReplaced([...before.keys()]);
    this.#changed();
    const undoId = this.#keepUndo({ addedIds: new Set(added.map(({ id }) => id)), before });
    const replaced = [...before.keys()].map((id) => vault.account(id));
    return { undoId, added: [...added, ...replaced].map(shown), replaced: before.size };
  }

  /** Takes a whole `add` back. Throws TwofoldError `not-found` after a lock or restart, or the second time. */
  async undo(undoId: string): Promise<void> {
    const undo = this.#undos.get(undoId);
    if (undo === undefined) {
      throw new TwofoldError(
        'not-found',
        'This can no longer be taken back. Delete the accounts one by one.',
      );
    }
    const vault = await this.#options.door.open();
    await vault.change((accounts) =>
      accounts.flatMap((account) =>
        undo.addedIds.has(account.id) ? [] : [undo.before.get(account.id) ?? account],
      ),
    );
    this.#undos.delete(undoId);
    this.#options.onReplaced([...undo.before.keys(), ...undo.addedIds]);
    this.#changed();
  }

  /** Writes accounts to files. Throws `passphrase-refused`, `not-found`, `storage-failed`, `invalid-input`. */
  async export(request: {
    readonly format: ExportFormat;
    readonly ids: readonly string[] | null;
    readonly password: string | null;
    readonly passphrase: string | null;
  }): Promise<ExportOutcome> {
    const { format, ids, password, passphrase } = request;
    if (isEncrypted(format)) checkNewPassphrase(password ?? '');
    else await this.#options.requireProof(passphrase);
    const accounts = await this.#options.portableAccounts(ids);
    const {
      files,
      lost,
      written = accounts.length,
    } = await writeExport(format, accounts, {
      nowMs: this.#options.clock.nowMs(),
      random: randomBytes,
      ...(password === null ? {} : { password }),
    });
    const [first] = files;
    if (first === undefined) {
      throw new TwofoldError('conflict', 'None of these accounts can be written in this format.');
    }
    const paths = await this.#save(files, first);
    return paths === null
      ? { kind: 'cancelled' }
      : { kind: 'saved', paths, accounts: written, lost: [...lost] };
  }

  /** The texts of the QR codes that move accounts to Google Authenticator. Throws `passphrase-refused`, `not-found`. */
  async migrationPages(
    ids: readonly string[] | null,
    passphrase: string | null,
  ): Promise<{ links: string[]; lost: string[] }> {
    await this.#options.requireProof(passphrase);
    const { kept, lost } = splitForGoogle(await this.#options.portableAccounts(ids));
    return { links: migrationLinks(kept, randomBytes(BATCH_ID_BYTES).readInt32BE()), lost: [...lost] };
  }

  /** Forgets everything secret, and ends what is being read. */
  forget(): void {
    for (const job of this.#jobs.values()) job.abort();
    this.#previews.clear();
    this.#undos.clear();
  }

  async #readingOf(file: FileToRead, signal: AbortSignal): Promise<Reading | FileReading> {
    const { name, content, password } = file;
    if (readPictureHeader(content) !== null) return this.#pictureReading(name, content);
    const detected = detectFormat(content);
    if (detected === null) throw unknownFormat();
    const { importer, detection } = detected;
    if (detection.kind === 'encrypted' && password === null) {
      return { kind: 'password-needed', format: importer.label };
    }
    // The links of Google's export are kept as such: more of its codes may follow.
    if (importer.format === 'google-migration') {
      const links = Buffer.from(content).toString('utf8').split(/\s+/u).filter(Boolean);
      const texts = links.map((text, index) => ({ where: `Line ${index + 1}`, text }));
      return { source: importer.label, ...readTexts(texts, 'line') };
    }
    // A file that is refused is refused by its importer, which says exactly why.
    const result = await importer.read(content, {
      password,
      onProgress: (share) => this.#options.events.emit('transfer:progress', { jobId: file.jobId, share }),
      signal,
    });
    return { source: importer.label, result, migrationLinks: [] };
  }

  async #pictureReading(name: string, picture: Uint8Array): Promise<Reading> {
    const texts = await this.#options.readPicture(picture);
    if (texts.length === 0) {
      throw new TwofoldError(
        'picture-refused',
        'No QR code was found in this picture. Take a sharper one that shows the whole code with some white around it.',
        { reason: 'no-qr-code' },
      );
    }
    const found = texts.map((text, index): FoundText => {
      const code = texts.length === 1 ? 'QR code' : `QR code ${index + 1}`;
      return { where: name === '' ? code : `${name}, ${code}`, text };
    });
    return { source: 'QR code', ...readTexts(found, 'QR code') };
  }

  /** Somebody pasted what stands in a file: read it as one, where no password is needed. */
  async #pastedFile(text: string): Promise<Reading | null> {
    const content = Buffer.from(text);
    const detected = detectFormat(content);
    if (detected?.detection.kind !== 'plain') return null;
    const result = await detected.importer.read(content, {
      password: null,
      ...unwatched(),
    });
    return { source: detected.importer.label, result, migrationLinks: [] };
  }

  /** Writes the files where the user says, or among the downloads; answers their paths, or null: cancelled. */
  async #save(files: readonly ExportedFile[], first: ExportedFile): Promise<string[] | null> {
    const { chooseExport } = this.#options;
    if (chooseExport === undefined) return writePrivateFiles(await downloadsFolder(), files);
    const kind = files.length === 1 ? 'file' : 'folder';
    const path = await chooseExport({ kind, suggestedName: first.name });
    if (path === null) return null;
    if (kind === 'folder') return writePrivateFiles(path, files);
    await writePrivateFile(path, first.content);
    return [path];
  }

  async #keep(previewId: string | null, reading: Reading): Promise<Preview> {
    const vault = await this.#options.door.open();
    const id = this.#previews.add(previewId, reading);
    return this.#previews.show(id, knownIn(vault));
  }

  #keepUndo(undo: Undo): string {
    const undoId = randomUUID();
    this.#undos.set(undoId, undo);
    const [oldest] = this.#undos.keys();
    if (this.#undos.size > MAX_UNDOS && oldest !== undefined) this.#undos.delete(oldest);
    return undoId;
  }

  #changed(): void {
    this.#options.events.emit('authenticator:changed', {});
  }
}

const knownIn = (vault: Vault): ReadonlySet<string> => new Set(vault.accounts().map(identityOf));

const unknownCandidate = (): TwofoldError =>
  new TwofoldError(
    'not-found',
    'An account of this preview is unknown, and nothing was added. Read it again.',
  );

const unknownFormat = (): TwofoldError =>
  refuseImport(
    'unknown-format',
    'This is neither a picture nor a file that a known authenticator writes. Check that it is the export itself, unpacked.',
  );
