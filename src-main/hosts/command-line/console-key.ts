// `twofold console key`: the key that seals the console's shared secrets, taken to other nodes and exchanged.
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { writePrivateFile } from '../../authenticator/transfer/private-files.ts';
import { type KeyPlace, keyFilePlace, keyRingPlace, namedKeyFile } from '../../console/key-place.ts';
import {
  auditKeyWork,
  endResealing,
  type KeyContext,
  keyContext,
  nodesWithNewKey,
  resealAll,
  retireFormerKey,
  startRotation,
  takeUpKey,
} from '../../console/key-rotation.ts';
import { ConsoleData } from '../../console/moving/console-data.ts';
import { ConsolePlace } from '../../console/moving/console-place.ts';
import { movedTo } from '../../console/moving/moved-marker.ts';
import { folderStore } from '../../console/moving/open-store.ts';
import { chooseDatabase } from '../../console/postgres/choose-database.ts';
import type { ConsoleRepository } from '../../console/repository.ts';
import { isWrongKey, type KeySource } from '../../console/secret-sealer.ts';
import { readConsoleKeyFile, writeConsoleKeyFile } from '../../secrets/console-key-file.ts';
import { type HeldKey, newKey } from '../../secrets/held-keys.ts';
import { unwrapExport, wrapForExport } from '../../secrets/key-export.ts';
import { keyFileAt, KeyRing } from '../../secrets/key-ring.ts';
import { checkNewPassphrase } from '../../secrets/passphrase.ts';
import { dataFiles } from '../../storage/data-files.ts';
import { recoveryMessage } from '../../storage/recovery-message.ts';
import { WriterLock } from '../../storage/writer-lock.ts';
import { CommandFailed, exitCodes, type ExitCode, type Surroundings, WrongUsage } from './command.ts';
import { confirm } from './confirmation.ts';
import { newPassword } from './new-password.ts';
import { openKeys, openOrMakeKeys } from './open-keys.ts';
import { readWholeFile } from './read-whole-file.ts';
import {
  passphraseSource,
  refuseSharedDescriptors,
  secretKinds,
  type SecretSource,
  secretSource,
} from './secret-source.ts';
import { tellNowAndThen } from './tell-now-and-then.ts';

const MAX_EXPORT_BYTES = 4096;

/** What was typed after `console key`. */
export interface KeyWish {
  readonly action: string | undefined;
  readonly file: string | undefined;
  readonly output: string | undefined;
  readonly keyFile: string | undefined;
  readonly passwordFd: string | undefined;
  readonly passphraseFd: string | undefined;
  readonly isForced: boolean;
  readonly isFinish: boolean;
  readonly isSure: boolean;
  readonly asJson: boolean;
}

/** Whoever reads the audit sees which machine's command line it was, and whose. */
function commandLineName(): string {
  const whose = ((): string => {
    try {
      return userInfo().username;
    } catch {
      // A user without a name, as in some containers.
      return `no. ${process.getuid?.() ?? '?'}`;
    }
  })();
  return `Command line on ${hostname()}, user ${whose}`;
}

const onRecovered =
  ({ terminal }: Surroundings) =>
  (event: Parameters<typeof recoveryMessage>[0]): void =>
    terminal.tell(recoveryMessage(event));

/** The store that the console's data is in, and whether other nodes may be at work there. */
interface OpenStore {
  readonly repository: ConsoleRepository;
  readonly isShared: boolean;
  /** Whether the key of this computer may be exchanged here: else the Twofold that is open takes the new one up itself. */
  readonly canKeep: boolean;
}

/** Opens the store for `work`. `needsFolder`: the keys in the folder will be written. */
async function withStore<T>(
  surroundings: Surroundings,
  needsFolder: boolean,
  work: (store: OpenStore) => Promise<T>,
): Promise<T> {
  const { home, clock, variables, passwords } = surroundings;
  const data = new ConsoleData({
    folder: home,
    clock,
    onRecovered: onRecovered(surroundings),
    passwords,
    variables,
    named: await chooseDatabase(variables, passwords),
    onChangeElsewhere: () => undefined,
  });
  const isShared = (await data.address()) !== null;
  const lock = await WriterLock.acquire({ folder: home, host: 'command line', clock }).catch(
    (error: unknown) => {
      const isOpen = error instanceof TwofoldError && error.code === 'already-open';
      if (isOpen && isShared && !needsFolder) return null;
      throw error;
    },
  );
  try {
    const repository = new ConsolePlace(data.open);
    try {
      return await work({ repository, isShared, canKeep: lock !== null });
    } finally {
      await repository.close();
    }
  } finally {
    await lock?.release();
  }
}

/** Gives `work` the place of this computer's key: the key file that was named, or the folder's keys. */
async function withPlace<T>(
  surroundings: Surroundings,
  wish: KeyWish,
  mayMake: boolean,
  work: (place: KeyPlace) => Promise<T>,
): Promise<T> {
  const { home, clock, keychain, terminal } = surroundings;
  const path = keyFileOf(surroundings, wish);
  if (path !== null) return work(await keyFilePlace(path));
  const { keys: file } = dataFiles(home);
  if (!mayMake && !existsSync(file) && !existsSync(`${file}.bak`)) {
    throw new TwofoldError('not-found', `There is no key in ${home} yet. Name the key file with --key-file.`);
  }
  const keys = await KeyRing.open({
    file: keyFileAt(file, clock, onRecovered(surroundings)),
    keychain,
    clock,
  });
  try {
    const passphrase = passphraseSource(terminal, wish.passphraseFd);
    await (mayMake ? openOrMakeKeys(keys, passphrase, terminal) : openKeys(keys, passphrase));
    return await work(keyRingPlace(keys, home));
  } finally {
    keys.lock();
  }
}

const keyFileOf = ({ variables }: Surroundings, { keyFile }: KeyWish): string | null =>
  keyFile ?? namedKeyFile(variables);

const filePassword = ({ terminal }: Surroundings, { passwordFd }: KeyWish): SecretSource =>
  secretSource(terminal, '--password-fd', passwordFd, secretKinds.password);

/** Runs `work` over the store with that key. What was learned of a second key is wiped afterwards. */
async function withContext<T>(
  { clock }: Surroundings,
  { repository }: OpenStore,
  key: KeySource,
  work: (context: KeyContext) => Promise<T>,
): Promise<T> {
  const context = keyContext({ repository, key, clock });
  try {
    return await work(context);
  } finally {
    context.sealer.forget();
  }
}

function answer({ terminal }: Surroundings, { asJson }: KeyWish, report: object, sentence: string): void {
  if (asJson) terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
  else terminal.tell(sentence);
}

async function exportKey(surroundings: Surroundings, wish: KeyWish): Promise<ExitCode> {
  const { output, isForced } = wish;
  if (output === undefined || output === '') throw new WrongUsage('Say with --output where to write.');
  if (existsSync(output) && !isForced) {
    throw new CommandFailed(
      exitCodes.alreadyThere,
      `“${output}” is there already. Nothing was written. Choose another name, or add --force to replace it.`,
    );
  }
  const password = filePassword(surroundings, wish);
  const keyId = await withStore(surroundings, false, (store) =>
    withPlace(surroundings, wish, false, (place) =>
      withContext(surroundings, store, place.key, async (context) => {
        const { repository, sealer } = context;
        // A key that does not fit is found before anybody types a password.
        await repository.transact((tx) => sealer.current(tx));
        const given = await newPassword(password);
        checkNewPassphrase(given);
        const { id, content } = await repository.transact(async (tx) => {
          const key = await sealer.current(tx);
          const wrapped = { id: key.id, content: await wrapForExport(key, given) };
          // Recorded first: nothing leaves that is not in the log.
          await auditKeyWork(context, tx, commandLineName(), {
            event: 'sealing-key-exported',
            summary: 'The key of the shared secrets was exported, wrapped with a password.',
          });
          return wrapped;
        });
        await writePrivateFile(output, content);
        return id;
      }),
    ),
  );
  answer(
    surroundings,
    wish,
    { path: output, keyId },
    `The console's key was written to ${output}. Whoever has this file and its password can open every shared secret: delete it once it is imported, or keep both apart.`,
  );
  return exitCodes.done;
}

/** The folder's own console, here or kept after a move, needs the key that would go. Throws `conflict`. */
async function requireNotNeeded(surroundings: Surroundings, place: KeyPlace, id: string): Promise<void> {
  const { home, clock } = surroundings;
  if ((await place.key()).id === id || !existsSync(join(home, 'console.json'))) return;
  const isMoved = (await movedTo(home)) !== null;
  if (!isMoved) {
    const { repository } = await folderStore({
      folder: home,
      clock,
      onRecovered: onRecovered(surroundings),
    })();
    try {
      if ((await repository.read((tx) => tx.factorsNotSealedBy('', '', 1))).length === 0) return;
    } finally {
      await repository.close();
    }
  }
  throw new TwofoldError(
    'conflict',
    `The console in the folder ${home} ${isMoved ? 'that was kept when it was moved ' : ''}has shared secrets that the present key seals. Nothing was imported. Export that key first (without TWOFOLD_DATABASE_URL), then add --force.`,
    { reason: 'key-in-use' },
  );
}

async function importKey(surroundings: Surroundings, wish: KeyWish): Promise<ExitCode> {
  const { file, isForced } = wish;
  if (file === undefined) throw new WrongUsage('Name the file that console key export has written.');
  const content = await readWholeFile(file, MAX_EXPORT_BYTES);
  const password = await filePassword(surroundings, wish)('Password of the file: ');
  if (password === null) {
    throw new CommandFailed(
      exitCodes.noKeys,
      'The file needs its password. Enter it in a terminal, or give it with --password-fd.',
    );
  }
  const key = await unwrapExport(content, password);
  const path = keyFileOf(surroundings, wish);
  try {
    const at = await withStore(surroundings, path === null, async (store) => {
      await requireFits(surroundings, store, key);
      const kept = path === null ? await keepInFolder(surroundings, wish, store, key) : path;
      if (path !== null) await keepInFile(path, key, isForced);
      await withContext(
        surroundings,
        store,
        () => key,
        (context) =>
          context.repository.transact((tx) =>
            auditKeyWork(context, tx, commandLineName(), {
              event: 'sealing-key-imported',
              summary: `The key of the shared secrets was imported into ${kept}.`,
            }),
          ),
      );
      return kept;
    });
    answer(
      surroundings,
      wish,
      { keyId: key.id, keptIn: at },
      `The console's key is kept in ${at}.${path === null ? '' : ' Start Twofold with TWOFOLD_CONSOLE_KEY_FILE.'}`,
    );
    return exitCodes.done;
  } finally {
    key.wipe();
  }
}

/** The store takes it for its key from then on, where it has none yet. Throws `import-refused`. */
async function requireFits(surroundings: Surroundings, store: OpenStore, key: HeldKey): Promise<void> {
  try {
    await withContext(
      surroundings,
      store,
      () => key,
      ({ repository, sealer }) => repository.transact((tx) => sealer.current(tx)),
    );
  } catch (error) {
    if (!isWrongKey(error)) throw error;
    throw new TwofoldError(
      'import-refused',
      'The key in that file is not the one that seals this console’s shared secrets. Nothing was imported.',
      { reason: 'wrong-key' },
      error,
    );
  }
}

async function keepInFolder(
  surroundings: Surroundings,
  wish: KeyWish,
  { isShared }: OpenStore,
  key: HeldKey,
): Promise<string> {
  await withPlace(surroundings, wish, true, async (place) => {
    if (isShared && !wish.isForced) await requireNotNeeded(surroundings, place, key.id);
    await place.keep(key);
  });
  return `the keys of ${surroundings.home}`;
}

/** The same key once more is fine; another one is replaced only with --force. */
async function keepInFile(path: string, key: HeldKey, isForced: boolean): Promise<void> {
  if (existsSync(path) && !isForced) {
    const there = await readConsoleKeyFile(path);
    const isSame = there.id === key.id;
    there.wipe();
    if (isSame) return;
    throw new TwofoldError(
      'already-exists',
      `${path} holds another key, and was left as it is. Choose another name, or add --force to replace it.`,
    );
  }
  await writeConsoleKeyFile(path, key, isForced);
}

async function makeKey(surroundings: Surroundings, wish: KeyWish): Promise<ExitCode> {
  const path = keyFileOf(surroundings, wish);
  if (path === null) throw new WrongUsage('Name the file with --key-file.');
  const key = newKey();
  try {
    await writeConsoleKeyFile(path, key, false);
  } finally {
    key.wipe();
  }
  answer(
    surroundings,
    wish,
    { keyId: key.id, keptIn: path },
    `A new key for a new console is in ${path}. Without it its shared secrets cannot be opened: keep an export of it elsewhere (twofold console key export).`,
  );
  return exitCodes.done;
}

function progressTo(surroundings: Surroundings): (done: number, of: number) => void {
  const tell = tellNowAndThen(surroundings);
  return (done, of) =>
    tell(() => `sealed anew: ${done.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}`);
}

async function rotate(surroundings: Surroundings, wish: KeyWish): Promise<ExitCode> {
  const { terminal } = surroundings;
  if (!wish.isSure && !wish.isFinish) {
    await confirm(
      terminal,
      'Backups of the console from before need the former key: export it first if you keep any. Make a new key now?',
      { instead: '--yes', kept: 'Nothing was changed.' },
    );
  }
  return withStore(surroundings, false, (store) =>
    withPlace(surroundings, wish, false, (place) =>
      withContext(surroundings, store, place.key, async (context) => {
        if (wish.isFinish) return finish(surroundings, wish, context);
        const by = commandLineName();
        const start = await startRotation(context, by);
        if (start === 'going-on') terminal.tell('A rotation was interrupted, and goes on.');
        if (store.canKeep) await takeUpKey(context, place);
        const { resealed, broken } = await resealAll(context, progressTo(surroundings));
        if (broken.length > 0) throw brokenSecrets(broken);
        await endResealing(context, by);
        if (!store.isShared) await retireFormerKey(context, by);
        const takenUpBy = store.isShared ? await nodesWithNewKey(context) : [place.name];
        answer(
          surroundings,
          wish,
          { resealed, isFinished: !store.isShared, takenUpBy },
          `${resealed.toLocaleString('en-GB')} shared ${resealed === 1 ? 'secret was' : 'secrets were'} sealed by the new key. ${
            store.isShared ? nextText(store.canKeep) : 'The former key opens nothing any more.'
          }`,
        );
        return exitCodes.done;
      }),
    ),
  );
}

const nextText = (isKept: boolean): string =>
  `${isKept ? '' : 'The Twofold that is open here takes the new key up within a minute. '}The other nodes take it up by themselves, within a minute or when they are started. Once all have, end it with twofold console key rotate --finish.`;

const brokenSecrets = (userNames: readonly string[]): CommandFailed => {
  const MOST_NAMED = 10;
  const more = userNames.length > MOST_NAMED ? ` and ${userNames.length - MOST_NAMED} more` : '';
  return new CommandFailed(
    exitCodes.failed,
    `All shared secrets were sealed anew but those of ${userNames.slice(0, MOST_NAMED).join(', ')}${more}, which no key at hand opens. Reset the two-factor authentication of these users, then run this again. The former key is kept.`,
  );
};

async function finish(surroundings: Surroundings, wish: KeyWish, context: KeyContext): Promise<ExitCode> {
  const takenUpBy = await nodesWithNewKey(context);
  const { terminal } = surroundings;
  terminal.tell(`Nodes that keep the new key: ${takenUpBy.length === 0 ? 'none.' : takenUpBy.join('; ')}`);
  if (!wish.isSure) {
    await confirm(
      terminal,
      'Any other node will need it by twofold console key import. Retire the former key?',
      { instead: '--yes', kept: 'Nothing was changed.' },
    );
  }
  await retireFormerKey(context, commandLineName());
  answer(
    surroundings,
    wish,
    { isFinished: true, takenUpBy },
    'The former key was retired: it opens nothing any more.',
  );
  return exitCodes.done;
}

const actions: Readonly<Record<string, (surroundings: Surroundings, wish: KeyWish) => Promise<ExitCode>>> = {
  export: exportKey,
  import: importKey,
  make: makeKey,
  rotate,
};

export const KEY_ACTIONS = Object.keys(actions);

/** Runs `console key ACTION`. Throws WrongUsage, CommandFailed, TwofoldError. */
export function consoleKey(surroundings: Surroundings, wish: KeyWish): Promise<ExitCode> {
  const { action = '' } = wish;
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run === undefined) throw new WrongUsage('Say what to do with the key: export, import, rotate or make.');
  refuseSharedDescriptors([wish.passwordFd, wish.passphraseFd]);
  return run(surroundings, wish);
}
