// `twofold console`: moves the console's data between the folder and a database, keeps the database's password, and looks
// after the key of the shared secrets.
import type { Moved, MoveOptions } from '../../console/moving/move.ts';
import { type KeptAddress, movedTo } from '../../console/moving/moved-marker.ts';
import {
  databaseAt,
  namedByEnvironment,
  passwordName,
  PASSWORD_VARIABLE,
  URL_VARIABLE,
} from '../../console/postgres/choose-database.ts';
import { readDatabaseUrl, shownAddress } from '../../console/postgres/database-url.ts';
import { KEY_FILE_VARIABLE } from '../../secrets/console-key-file.ts';
import { WriterLock } from '../../storage/writer-lock.ts';
import { CommandFailed, exitCodes, type ExitCode, type Surroundings, WrongUsage } from './command.ts';
import { confirm } from './confirmation.ts';
import { consoleKey, KEY_ACTIONS, type KeyWish } from './console-key.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { secretKinds, secretSource } from './secret-source.ts';
import { tellNowAndThen } from './tell-now-and-then.ts';
import { textTable } from './text-table.ts';

const FOLDER = 'folder';

/** The database that the console is in: by the environment, or as the folder notes it. */
async function presentDatabase({ variables, home }: Surroundings): Promise<KeptAddress> {
  const named = namedByEnvironment(variables) ?? (await movedTo(home));
  if (named === null) throw new WrongUsage(`Name the database in ${URL_VARIABLE}.`);
  return named;
}

/** The database that `--to` names. A password would stand in the list of processes. */
function wantedDatabase(url: string): KeptAddress {
  if (readDatabaseUrl(url).password !== null) {
    throw new WrongUsage(`No password in --to: other programs can see it. Give it as ${PASSWORD_VARIABLE}.`);
  }
  return { url, authorities: null };
}

const partsText = ({ inventory }: Moved): string =>
  textTable([
    ['what', 'records', 'checksum'],
    ...inventory.parts.map(({ name, count, checksum }) => [
      name,
      count.toLocaleString('en-GB'),
      checksum.slice(0, 16),
    ]),
  ]);

function progressTo(surroundings: Surroundings): MoveOptions['onProgress'] {
  const tell = tellNowAndThen(surroundings);
  return (step, part, count) => tell(() => `${step} ${part}: ${count.toLocaleString('en-GB')}`);
}

interface Wish {
  readonly to: string;
  readonly isDryRun: boolean;
  readonly isSure: boolean;
  readonly asJson: boolean;
}

async function move(surroundings: Surroundings, { to, isDryRun, isSure, asJson }: Wish): Promise<ExitCode> {
  const { terminal, clock, home, variables, passwords } = surroundings;
  const isBack = to === FOLDER;
  const kept = isBack ? await presentDatabase(surroundings) : wantedDatabase(to);
  const database = await databaseAt(kept, variables, passwords);
  const place = shownAddress(database.address);
  const [from, target] = isBack ? [place, home] : [home, place];
  if (!isDryRun && !isSure) {
    await confirm(terminal, `Move the console from ${from} to ${target}? The old store is kept.`, {
      instead: '--yes',
      kept: 'Nothing was moved.',
    });
  }
  const { moveToDatabase, moveToFolder } = await import('../../console/moving/move.ts');
  const lock = await WriterLock.acquire({ folder: home, host: 'command line', clock });
  try {
    const options = { folder: home, database, kept, clock, isDryRun, onProgress: progressTo(surroundings) };
    const moved = await (isBack ? moveToFolder(options) : moveToDatabase(options));
    if (asJson) terminal.print(`${JSON.stringify({ ...moved, isDryRun }, undefined, 2)}\n`);
    else terminal.print(`${partsText(moved)}\n`);
    terminal.tell(
      `${resultText(isDryRun, target, moved.keptAt)}${isDryRun ? '' : nextText(surroundings, isBack)}`,
    );
    return exitCodes.done;
  } finally {
    await lock.release();
  }
}

const resultText = (isDryRun: boolean, target: string, keptAt: string): string =>
  isDryRun
    ? 'Everything was copied and compared, record by record, and nothing was kept: a dry run.'
    : `Everything was copied and compared, record by record. The console is now in ${target}; the old store is kept at ${keptAt}.`;

function nextText({ variables }: Surroundings, isBack: boolean): string {
  const isNamed = namedByEnvironment(variables) !== null;
  if (isBack)
    return isNamed ? ` Start Twofold without ${URL_VARIABLE}.` : ' Twofold opens it there from now on.';
  return ` Twofold opens it there from now on; the password comes from ${PASSWORD_VARIABLE} or the keychain.`;
}

async function keepPassword(surroundings: Surroundings, passwordFd: string | undefined): Promise<ExitCode> {
  const { terminal, passwords } = surroundings;
  const { address } = readDatabaseUrl((await presentDatabase(surroundings)).url);
  const password = await secretSource(
    terminal,
    '--password-fd',
    passwordFd,
    secretKinds.password,
  )(`Password of ${shownAddress(address)}: `);
  if (password === null) {
    throw new CommandFailed(
      exitCodes.noKeys,
      'Nobody is here to type the password. Give it with --password-fd.',
    );
  }
  await passwords.write(passwordName(address), password);
  terminal.tell(`The password of ${shownAddress(address)} is kept in the keychain.`);
  return exitCodes.done;
}

interface KeyValues {
  readonly output?: string | undefined;
  readonly 'key-file'?: string | undefined;
  readonly 'password-fd'?: string | undefined;
  readonly 'passphrase-fd'?: string | undefined;
  readonly force?: boolean | undefined;
  readonly finish?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const keyWish = (values: KeyValues, [action, file]: readonly string[]): KeyWish => ({
  action,
  file,
  output: values.output,
  keyFile: values['key-file'],
  passwordFd: values['password-fd'],
  passphraseFd: values['passphrase-fd'],
  isForced: values.force === true,
  isFinish: values.finish === true,
  isSure: values.yes === true,
  asJson: values.json === true,
});

export const consoleData = defineCommand({
  usage: [
    'console move --to URL|folder [--dry-run] [--yes] [--json]',
    'console password [--password-fd N]',
    'console key export --output FILE [--force]',
    'console key import FILE [--force]',
    'console key rotate [--finish] [--yes]',
    'console key make --key-file FILE',
  ],
  about: `move copies the console's data from the folder of data to the PostgreSQL database at that URL, or back from the database to the folder. Every record is read back and compared before anything is switched; the old store is kept, and Twofold opens the new one from then on. The authenticator stays where it is.

password keeps the password of the database, which ${URL_VARIABLE} names or the console was moved to, in the keychain.

key is about the key that seals the shared secrets, which every node needs. export writes it to a file, wrapped with a password; import keeps it on this computer. rotate makes a new one and seals everything anew while the nodes run; they take it up by themselves, and rotate --finish retires the former one. make writes a new key for a new console to a key file. The key is beside that of the vault, or in the key file that --key-file or ${KEY_FILE_VARIABLE} names. The authenticator's own key is not touched.`,
  options: {
    to: { type: 'string', value: 'PLACE', explains: 'the address of the database, or the word folder' },
    'dry-run': { type: 'boolean', explains: 'copy and compare everything, and keep nothing' },
    yes: { type: 'boolean', explains: 'move, rotate or retire without a question' },
    output: { type: 'string', value: 'FILE', isPath: true, explains: 'where to write the exported key' },
    'key-file': {
      type: 'string',
      value: 'FILE',
      isPath: true,
      explains: 'keep the key in this file, readable for its owner alone, instead of beside the vault’s',
    },
    finish: { type: 'boolean', explains: 'retire the former key: every node keeps the new one' },
    force: { type: 'boolean', explains: 'replace a file or a key that is there' },
    'password-fd': { type: 'string', value: 'N', explains: 'read the password from file descriptor N' },
    ...PASSPHRASE_OPTION,
    ...JSON_OPTION,
  },
  completes: { words: ['move', 'password', 'key', ...KEY_ACTIONS] },
  maxArguments: 3,
  async run({ values, positionals: [action, ...more] }, surroundings) {
    if (action === 'key') return consoleKey(surroundings, keyWish(values, more));
    const tooMany = more[0];
    if (tooMany !== undefined) throw new WrongUsage(`“${tooMany}” is one argument too many.`);
    if (action === 'password') return keepPassword(surroundings, values['password-fd']);
    if (action !== 'move') throw new WrongUsage('Say what to do: move, password or key.');
    if (values.to === undefined) throw new WrongUsage('Say where to: --to URL, or --to folder.');
    return move(surroundings, {
      to: values.to,
      isDryRun: values['dry-run'] === true,
      isSure: values.yes === true,
      asJson: values.json === true,
    });
  },
});
