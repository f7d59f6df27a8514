// Encrypted backups of the accounts: on demand, by themselves after changes, and tested by opening them as a stranger would.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type BackupPlan,
  type BackupStatus,
  type BackupTest,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import type { EventHub } from '../../ipc/events.ts';
import { checkNewPassphrase } from '../../secrets/passphrase.ts';
import { type SealingKey, SealBroken } from '../../secrets/sealing.ts';
import type { DurableFile, RecoveryEvent } from '../../storage/durable-file.ts';
import { jsonFile } from '../../storage/json-file.ts';
import { readFailed, storageFailed } from '../../storage/storage-failure.ts';
import type { ImportedAccount } from '../transfer/imported-account.ts';
import { unwatched } from '../transfer/export-password.ts';
import { detectFormat } from '../transfer/importers.ts';
import { damagedFile } from '../transfer/refusal.ts';
import type { Cost } from '../transfer/twofold/backup-file.ts';
import { isBackupOf } from '../transfer/twofold/open-backup.ts';
import { type PreparedKey, prepareBackupKey, writeBackup } from '../transfer/twofold/write-backup.ts';
import { countMissing, stateOf } from './account-state.ts';
import { BackupDocument, emptyBackupDocument, sealBackupKey, unsealBackupKey } from './backup-document.ts';
import { backupsIn, prepareFolder, pruneBackups, suggestFolder, writeBackupFile } from './backup-folder.ts';
import { InTurn } from '../../queue/in-turn.ts';

/** Changes that follow one another within this become one backup. */
const SETTLES_AFTER_MS = 10_000;
const RETRY_AFTER_MS = 60 * 60 * 1000;
const REMIND_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

export interface BackupsOptions {
  /** Path of `backups.json`. */
  readonly file: string;
  /** No backup may lie in the folder of data. */
  readonly dataFolder: string;
  /** The user's own folder, in which one for backups is suggested. */
  readonly userFolder: string;
  /** All accounts in use. Throws TwofoldError `key-needed` while locked. */
  readonly accounts: () => Promise<readonly ImportedAccount[]>;
  /** The vault's key. Throws as `accounts` does. */
  readonly key: () => Promise<SealingKey>;
  readonly clock: Clock;
  readonly events: EventHub;
  /** Tells the user of an automatic backup that failed. */
  readonly notify: (message: string) => void;
  readonly onRecovered?: (event: RecoveryEvent) => void;
  /** Cost of a new backup key. */
  readonly cost?: Cost;
}

interface Content {
  readonly accounts: readonly ImportedAccount[];
  readonly vaultKey: SealingKey;
}

type SetUp = NonNullable<BackupDocument['setUp']>;

const isLocked = (error: unknown): boolean =>
  error instanceof TwofoldError && (error.code === 'key-needed' || error.code === 'key-unavailable');

/** Calls run one after another. `start` begins with the automatic backups, `close` makes the one that is due. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #file: DurableFile<BackupDocument>;
  #document: BackupDocument;
  readonly #queue = new InTurn();
  /** Changes were made, or may have been, that no look has followed yet. */
  #isDue = false;
  #cancelLook = (): void => undefined;
  #stopListening = (): void => undefined;

  private constructor(options: BackupsOptions, file: DurableFile<BackupDocument>, document: BackupDocument) {
    this.#options = options;
    this.#file = file;
    this.#document = document;
  }

  /** Reads what is known of earlier backups. Throws TwofoldError `storage-failed`. */
  static async open(options: BackupsOptions): Promise<Backups> {
    const { file: path, clock, onRecovered } = options;
    const file = jsonFile({
      path,
      schema: BackupDocument,
      clock,
      ...(onRecovered === undefined ? {} : { onRecovered }),
    });
    return new Backups(options, file, (await file.read()) ?? emptyBackupDocument());
  }

  /** Watches for changes from now on, and looks for one that an earlier run had no time to back up. */
  start(): void {
    this.#stopListening = this.#options.events.subscribe((event) => {
      if (event === 'authenticator:changed') this.#lookLater();
      // Unlocked, perhaps: what could not be read before can be read now.
      else if (event === 'app:changed' && this.#isDue) this.#lookLater();
    });
    this.#lookLater();
  }

  /** Makes the backup that is due, and ends. */
  async close(): Promise<void> {
    this.#stopListening();
    this.#cancelLook();
    if (this.#isDue) await this.#look();
    await this.settled();
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await this.#queue.settled();
  }

  /** Throws TwofoldError `key-needed`. */
  async status(): Promise<BackupStatus> {
    return this.#statusOf(await this.#content());
  }

  /** Chooses the backup password and the plan, and makes the first backup. Where that fails, nothing has changed. */
  setUp({ password, plan }: { password: string; plan: BackupPlan }): Promise<BackupStatus> {
    return this.#queue.run(async () => {
      checkNewPassphrase(password);
      const folder = await prepareFolder(plan.folder, this.#options.dataFolder);
      const content = await this.#content();
      const prepared = await prepareBackupKey(password, randomBytes, this.#options.cost);
      try {
        const setUp = {
          plan: { ...plan, folder },
          key: sealBackupKey(content.vaultKey, prepared),
        };
        const last = await this.#write(content, setUp.plan, prepared);
        await this.#save({ ...this.#document, setUp, last, lastFailure: null });
      } finally {
        prepared.key.fill(0);
      }
      return this.#statusOf(content);
    });
  }

  /** Throws TwofoldError `conflict` before `setUp`, `invalid-input`, `storage-failed`. */
  changePlan(plan: BackupPlan): Promise<BackupStatus> {
    return this.#queue.run(async () => {
      const { key } = this.#requireSetUp();
      const folder = await prepareFolder(plan.folder, this.#options.dataFolder);
      await this.#save({ ...this.#document, setUp: { plan: { ...plan, folder }, key } });
      // A new folder is empty still.
      this.#lookLater();
      return this.#statusOf(await this.#content());
    });
  }

  /** Makes a backup, changed or not. Throws TwofoldError `conflict` before `setUp`, `storage-failed`. */
  now(): Promise<BackupStatus> {
    return this.#queue.run(async () => {
      const setUp = this.#requireSetUp();
      const content = await this.#content();
      try {
        await this.#backUp(setUp, content);
      } catch (error) {
        if (!isLocked(error)) await this.#rememberFailure(error);
        throw error;
      }
      return this.#statusOf(content);
    });
  }

  /**
   * Opens the newest backup with its password, as on another computer, and compares it with the accounts in use. Throws
   * TwofoldError `import-refused` or `not-found`.
   */
  test(password: string): Promise<BackupTest> {
    return this.#queue.run(async () => {
      const path = await this.#newest();
      const inFile = await readAsStranger(path, password);
      const { accounts } = await this.#content();
      const fact = { atMs: this.#nowMs(), path, accounts: inFile.length };
      await this.#remember({ ...this.#document, lastTest: fact });
      return {
        ...fact,
        missing: countMissing(accounts, inFile),
        extra: countMissing(inFile, accounts),
      };
    });
  }

  /** Puts the reminder off for a week. */
  remindLater(): Promise<BackupStatus> {
    return this.#queue.run(async () => {
      await this.#save({ ...this.#document, remindAtMs: this.#nowMs() + REMIND_AFTER_MS });
      return this.#statusOf(await this.#content());
    });
  }

  suggestedFolder(): string {
    return suggestFolder(this.#options.userFolder);
  }

  #nowMs(): number {
    return Math.round(this.#options.clock.nowMs());
  }

  async #content(): Promise<Content> {
    return { accounts: await this.#options.accounts(), vaultKey: await this.#options.key() };
  }

  #requireSetUp(): SetUp {
    const { setUp } = this.#document;
    if (setUp === null) {
      throw new TwofoldError('conflict', 'Backups are not set up yet. Choose a password for them first.');
    }
    return setUp;
  }

  #isBehind({ accounts, vaultKey }: Content): boolean {
    const { setUp, last } = this.#document;
    if (last === null) return accounts.length > 0;
    const isElsewhere = setUp !== null && dirname(last.path) !== setUp.plan.folder;
    return isElsewhere || last.state !== stateOf(accounts, vaultKey);
  }

  #statusOf(content: Content): BackupStatus {
    const { setUp, last, lastFailure, lastTest, remindAtMs } = this.#document;
    return {
      plan: setUp?.plan ?? null,
      suggestedFolder: this.suggestedFolder(),
      last: last === null ? null : { atMs: last.atMs, path: last.path, accounts: last.accounts },
      lastFailure,
      lastTest,
      isBehind: this.#isBehind(content),
      isReminderDue:
        content.accounts.length > 0 && last === null && (remindAtMs === null || this.#nowMs() >= remindAtMs),
    };
  }

  /** Once the changes have settled; a look that was to come is put off. */
  #lookLater(afterMs = SETTLES_AFTER_MS): void {
    this.#isDue = true;
    this.#cancelLook();
    this.#cancelLook = this.#options.clock.after(afterMs, () => void this.#look());
  }

  /** Makes a backup where one is due. Never throws. */
  #look(): Promise<void> {
    return this.#queue.run(async () => {
      const { setUp, lastFailure } = this.#document;
      if (setUp?.plan.automatic === true) {
        try {
          const content = await this.#content();
          this.#isDue = false;
          if (this.#isBehind(content)) await this.#backUp(setUp, content);
        } catch (error) {
          // Stays due: the next unlock looks again.
          if (isLocked(error)) {
            this.#isDue = true;
            return;
          }
          const message = await this.#rememberFailure(error);
          if (lastFailure === null) this.#options.notify(`No backup could be made. ${message}`);
          this.#lookLater(RETRY_AFTER_MS);
        }
      } else this.#isDue = false;
      // The reminder, or that the last backup is behind.
      this.#options.events.emit('backup:changed', {});
    });
  }

  async #backUp({ plan, key }: SetUp, content: Content): Promise<void> {
    const prepared = openKey(content.vaultKey, key);
    try {
      const last = await this.#write(content, plan, prepared);
      await this.#remember({ ...this.#document, last, lastFailure: null });
    } finally {
      prepared.key.fill(0);
    }
  }

  /** Writes, opens what was written, and only then takes the oldest away. */
  async #write(
    { accounts, vaultKey }: Content,
    { folder, generations }: BackupPlan,
    prepared: PreparedKey,
  ): Promise<NonNullable<BackupDocument['last']>> {
    const atMs = this.#nowMs();
    const state = stateOf(accounts, vaultKey);
    const content = writeBackup(accounts, prepared, { nowMs: atMs, random: randomBytes });
    const path = await writeBackupFile(folder, content, atMs, (written) =>
      isBackupOf(accounts, written, prepared.key),
    );
    // One generation too many is no reason to call the new one failed.
    await pruneBackups(folder, path, generations).catch(() => undefined);
    return { atMs, path, accounts: accounts.length, state };
  }

  async #newest(): Promise<string> {
    const { setUp, last } = this.#document;
    const there = setUp === null ? [] : await backupsIn(setUp.plan.folder);
    if (last !== null && (there.includes(last.path) || (there.length === 0 && existsSync(last.path)))) {
      return last.path;
    }
    const newest = there.at(-1);
    if (newest !== undefined) return newest;
    const where = setUp === null ? '' : ` in ${setUp.plan.folder}`;
    throw new TwofoldError('not-found', `There is no backup${where}. Make one first.`);
  }

  async #rememberFailure(error: unknown): Promise<string> {
    const message =
      error instanceof TwofoldError ? error.message : 'Something went wrong inside Twofold. Try again.';
    await this.#remember({ ...this.#document, lastFailure: { atMs: this.#nowMs(), message } });
    return message;
  }

  /** What merely tells of backups: where it cannot be saved, it is known until the end of the program. */
  async #remember(document: BackupDocument): Promise<void> {
    await this.#save(document).catch(() => {
      this.#document = document;
      this.#options.events.emit('backup:changed', {});
    });
  }

  async #save(document: BackupDocument): Promise<void> {
    await this.#file.write(document);
    this.#document = document;
    this.#options.events.emit('backup:changed', {});
  }
}

function openKey(vaultKey: SealingKey, key: SetUp['key']): PreparedKey {
  try {
    return unsealBackupKey(vaultKey, key);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw storageFailed(
      'damaged',
      'What makes the backups openable with your password is damaged, so no backup was made. Set the backups up again, with a password. Earlier backups are kept.',
      error,
    );
  }
}

/** Through the importer that every file goes through, with nothing but the password. */
async function readAsStranger(path: string, password: string): Promise<readonly ImportedAccount[]> {
  const content = await readFile(path).catch((error: unknown) => {
    throw readFailed(path, error);
  });
  const found = detectFormat(content);
  if (found === null || found.importer.format !== 'twofold') throw damagedFile();
  return (await found.importer.read(content, { password, ...unwatched() })).accounts;
}
