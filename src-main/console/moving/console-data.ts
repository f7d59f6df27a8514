// What administrators see of where the console's data lie, and how they move them while Twofold runs.
import {
  type DataPlace,
  type NamedDatabase,
  type Output,
  type ParsedInput,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import type { PasswordStore } from '../../secrets/password-store.ts';
import { look, onOrganization, requireWholeOrganization } from '../administration/action.ts';
import { type AuditEvent, audit } from '../audit.ts';
import { databaseAt, passwordName, type Variables } from '../postgres/choose-database.ts';
import type { DatabaseOptions } from '../postgres/database.ts';
import { readDatabaseUrl, shownAddress } from '../postgres/database-url.ts';
import type { User } from '../records.ts';
import { type ConsoleContext, visit } from '../visit.ts';
import type { ConsolePlace, StoreOpener } from './console-place.ts';
import type { Moved, MoveOptions, MoveStep } from './move.ts';
import { MoveProgress } from './move-progress.ts';
import { type KeptAddress, movedTo } from './moved-marker.ts';
import { databaseStore, folderStore, type FolderOptions } from './open-store.ts';
import { safetyOf } from './safety.ts';

export interface ConsoleDataOptions extends FolderOptions {
  /** Where the password of a database comes from, and goes to. */
  readonly passwords: PasswordStore;
  readonly variables: Variables;
  /** The database that the environment names; null: the folder says where the data lie. */
  readonly named: DatabaseOptions | null;
  readonly onChangeElsewhere: () => void;
}

interface Move {
  readonly isBack: boolean;
  readonly kept: KeptAddress;
  readonly database: DatabaseOptions;
  /** For sentences: from where, and to where. */
  readonly from: string;
  readonly to: string;
}

const THIS_FOLDER = 'the folder';

/** How often progress is told. */
const PROGRESS_MS = 100;

/** The named database as it may be kept. Throws `invalid-input`. */
function keptAddress({ url, authorities }: NamedDatabase): KeptAddress {
  const refuse = (sentence: string): TwofoldError =>
    new TwofoldError('invalid-input', `${sentence} Nothing was done.`, { reason: 'database-url' });
  if (/[?&]sslrootcert=/.test(url)) {
    throw refuse('Choose the certificate itself, instead of naming its file with sslrootcert.');
  }
  if (readDatabaseUrl(url).password !== null) {
    throw refuse('No password in the address: type it into the field for it.');
  }
  if (authorities !== null && !authorities.includes('-----BEGIN CERTIFICATE-----')) {
    throw refuse('This is no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----.');
  }
  return { url: url.trim(), authorities };
}

export class ConsoleData {
  readonly #options: ConsoleDataOptions;

  constructor(options: ConsoleDataOptions) {
    this.#options = options;
  }

  /** Opens the store that holds the console now, wherever that is. */
  readonly open: StoreOpener = async () => {
    const { named, folder } = this.#options;
    if (named !== null) return this.#databaseOpener(() => Promise.resolve(named))();
    const kept = await movedTo(folder);
    return (kept === null ? folderStore(this.#options) : this.#openerOf(kept))();
  };

  /** The shown address of the database that the console is in; null: in the folder. */
  async address(): Promise<string | null> {
    const database = await this.#present();
    return database === null ? null : shownAddress(database.address);
  }

  async place(context: ConsoleContext, place: ConsolePlace, caller: Caller): Promise<DataPlace> {
    await requireReader(context, caller);
    const database = await this.#present();
    if (database === null) return { kind: 'folder', path: this.#options.folder };
    return {
      kind: 'database',
      address: shownAddress(database.address),
      safety: safetyOf(database.address),
      isFromEnvironment: this.#options.named !== null,
      changes: place.hearsAtOnce ? 'at-once' : 'by-looking',
    };
  }

  async test(
    context: ConsoleContext,
    named: NamedDatabase,
    caller: Caller,
  ): Promise<Output<'database:test'>> {
    await requireReader(context, caller);
    const database = await this.#at(keptAddress(named), named.password);
    const { testDatabase } = await import('./test-database.ts');
    const checks = await testDatabase(database);
    return { checks: [...checks], canMove: checks.every(({ isRight }) => isRight) };
  }

  /**
   * Copies everything, compares it, and switches, where it is no dry run. The audit says so in both stores: of the
   * beginning in the old one, which comes along, and of the end in the new one.
   */
  async move(
    context: ConsoleContext,
    place: ConsolePlace,
    { to, isDryRun, jobId, code }: ParsedInput<'database:move'>,
    caller: Caller,
  ): Promise<Output<'database:move'>> {
    await requireReader(context, caller);
    const move = await this.#plan(to);
    const what = `${isDryRun ? 'a dry run of moving' : 'moving'} the console from ${move.from} to ${move.to}`;
    const actor = await onOrganization(
      context,
      caller,
      { code, purpose: 'move of the console' },
      async (visit, user) => {
        await audit(visit, {
          event: 'console-move-started',
          subject: null,
          actor: user,
          summary: `Began ${what}.`,
        });
        return user;
      },
    );
    // Before anything is copied: a console whose password is nowhere could not be opened at the next start.
    if (!isDryRun && to !== null && to.password !== null) {
      await this.#options.passwords.write(passwordName(move.database.address), to.password);
    }
    const note = (event: AuditEvent, summary: string): Promise<void> =>
      noteEnd(context, caller, actor, event, summary);
    try {
      const { inventory, keptAt } = await this.#copy(context, place, move, { isDryRun, jobId });
      const records = inventory.parts.reduce((sum, { count }) => sum + count, 0);
      await note('console-moved', `Ended ${what}: ${records.toLocaleString('en-GB')} records are the same.`);
      return { parts: inventory.parts.map((part) => ({ ...part })), keptAt };
    } catch (error) {
      await note('console-move-failed', `Failed at ${what}. Nothing was switched.`);
      throw error;
    } finally {
      context.events.emit('console:changed', {});
    }
  }

  async #plan(to: NamedDatabase | null): Promise<Move> {
    const { named, folder } = this.#options;
    if (named !== null) {
      throw new TwofoldError(
        'conflict',
        'TWOFOLD_DATABASE_URL names the database, so it is not changed here. Use “twofold console move”, then start Twofold with or without that variable.',
        { reason: 'named-by-environment' },
      );
    }
    const present = await movedTo(folder);
    if (to === null) {
      if (present === null) {
        throw new TwofoldError('conflict', 'The console is in the folder already.', { reason: 'moved' });
      }
      const database = await this.#at(present, null);
      return { isBack: true, kept: present, database, from: shownAddress(database.address), to: THIS_FOLDER };
    }
    const kept = keptAddress(to);
    if (present !== null) {
      throw new TwofoldError(
        'conflict',
        'The console is in a database already. Move it back to the folder first.',
        { reason: 'moved' },
      );
    }
    const database = await this.#at(kept, to.password);
    return { isBack: false, kept, database, from: THIS_FOLDER, to: shownAddress(database.address) };
  }

  async #copy(
    context: ConsoleContext,
    place: ConsolePlace,
    { isBack, kept, database }: Move,
    { isDryRun, jobId }: { readonly isDryRun: boolean; readonly jobId: string },
  ): Promise<Moved> {
    const { folder, clock } = this.#options;
    const { moveToDatabase, moveToFolder } = await import('./move.ts');
    const progress = new MoveProgress();
    let told: { readonly step: MoveStep; readonly atMs: number } | null = null;
    const onProgress: MoveOptions['onProgress'] = (step, part, count) => {
      const share = progress.note(step, part, count);
      const atMs = clock.monotonicMs();
      if (told?.step === step && atMs - told.atMs < PROGRESS_MS) return;
      told = { step, atMs };
      context.events.emit('database:progress', { jobId, share, step, part, count });
    };
    const options: MoveOptions = { folder, database, kept, clock, isDryRun, onProgress };
    const moved: Moved[] = [];
    await place.move(async () => {
      moved.push(await (isBack ? moveToFolder(options) : moveToDatabase(options)));
      if (isDryRun) return null;
      return isBack ? folderStore(this.#options) : this.#databaseOpener(() => Promise.resolve(database));
    });
    const [answer] = moved;
    if (answer === undefined) throw new Error('The move was not run.');
    return answer;
  }

  #at(kept: KeptAddress, password: string | null): Promise<DatabaseOptions> {
    const { variables, passwords } = this.#options;
    return databaseAt(kept, variables, passwords, password);
  }

  async #present(): Promise<DatabaseOptions | null> {
    const { named, folder } = this.#options;
    if (named !== null) return named;
    const kept = await movedTo(folder);
    return kept === null ? null : this.#at(kept, null);
  }

  #openerOf(kept: KeptAddress): StoreOpener {
    return this.#databaseOpener(() => this.#at(kept, null));
  }

  #databaseOpener(readOptions: () => Promise<DatabaseOptions>): StoreOpener {
    return databaseStore(readOptions, this.#options.clock, this.#options.onChangeElsewhere);
  }
}

const requireReader = (context: ConsoleContext, caller: Caller): Promise<void> =>
  look(context, caller, (_visit, { user }) => {
    requireWholeOrganization(user);
    return Promise.resolve();
  });

/** The beginning is in the audit already: where the end cannot be written, what was done stays done. */
async function noteEnd(
  context: ConsoleContext,
  caller: Caller,
  actor: User,
  event: AuditEvent,
  summary: string,
): Promise<void> {
  await visit(context, caller, (visit) => audit(visit, { event, subject: null, actor, summary })).catch(
    () => undefined,
  );
}
