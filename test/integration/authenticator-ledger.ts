// An authenticator with backups over real files, under a fixed key, and a ledger that tells what each step will make of it.
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authenticator } from '../../src-main/authenticator/authenticator.ts';
import { BackupDocument, unsealBackupKey } from '../../src-main/authenticator/backup/backup-document.ts';
import { Backups } from '../../src-main/authenticator/backup/backups.ts';
import type { ImportedAccount } from '../../src-main/authenticator/transfer/imported-account.ts';
import { Transfer } from '../../src-main/authenticator/transfer/transfer.ts';
import { BackupFile } from '../../src-main/authenticator/transfer/twofold/backup-file.ts';
import { openBackup } from '../../src-main/authenticator/transfer/twofold/open-backup.ts';
import { VaultDoor } from '../../src-main/authenticator/vault-door.ts';
import { vaultCodec } from '../../src-main/authenticator/vault-codec.ts';
import { Vault } from '../../src-main/authenticator/vault.ts';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import { encodeBase32 } from '../../src-main/otp/base32.ts';
import { dataFiles } from '../../src-main/storage/data-files.ts';
import { DurableFile } from '../../src-main/storage/durable-file.ts';
import { jsonFile } from '../../src-main/storage/json-file.ts';

const KEY = { id: 'fixed-key', bytes: Buffer.alloc(32, 7) };
const PASSWORD = 'glass otter 42 lantern';
const CHEAP = { memoryKiB: 64, passes: 1, parallelism: 1 };
export const GENERATIONS = 3;
const MAX_ACCOUNTS = 30;
const MAX_IMPORTED = 4;

const secretOf = (name: string): string => encodeBase32(Buffer.from(`the secret of ${name}`));

/** The accounts in a line. Throws where a secret is not the one that belongs to the name. */
export function lineOf(accounts: readonly ImportedAccount[]): string {
  return accounts
    .map(({ name, note, counter, secret }) => {
      if (secret !== secretOf(name)) throw new Error(`The secret of ${name} is another one.`);
      return `${name}:${note}:${counter ?? ''}`;
    })
    .join(' ');
}

/** One step: what the accounts will be once it is acknowledged, and how it is done. */
export interface Step {
  readonly kind: 'change' | 'backup';
  readonly after: string;
  readonly run: () => Promise<unknown>;
}

export interface World {
  readonly folder: string;
  readonly line: () => Promise<string>;
  /** A random step from the present state. */
  readonly nextStep: (random: () => number) => Promise<Step>;
  readonly setUpBackups: () => Promise<unknown>;
}

const backupFolder = (folder: string): string => join(folder, 'backups');

/** Opens what lies in the folder. `startMs` must be later than any before: backups are named by the time. */
export async function openWorld(folder: string, startMs: number): Promise<World> {
  const clock = new VirtualClock(startMs);
  const events = new EventHub();
  const data = join(folder, 'data');
  const files = dataFiles(data);
  let damage = 0;
  const onRecovered = (): void => void (damage += 1);
  const door = new VaultDoor(() =>
    Vault.open(new DurableFile({ path: files.vault, ...vaultCodec(KEY), clock, onRecovered }), clock.nowMs()),
  );
  const authenticator = new Authenticator({ door, clock, events, correctionMs: () => 0 });
  const portable = () => authenticator.portableAccounts(null);
  const transfer = new Transfer({
    door,
    clock,
    events,
    readPicture: () => Promise.resolve([]),
    portableAccounts: portable,
    onReplaced: () => undefined,
    requireProof: () => Promise.resolve(),
  });
  const backups = await Backups.open({
    file: files.backups,
    dataFolder: data,
    userFolder: tmpdir(),
    accounts: portable,
    key: () => Promise.resolve(KEY),
    clock,
    events,
    notify: () => undefined,
    cost: CHEAP,
    onRecovered,
  });

  /** Reads links into a preview and adds all of them, replacing those that are there. */
  const add = async (accounts: readonly ImportedAccount[]) => {
    const links = accounts.map(({ type, name, counter }) => {
      const count = counter === null ? '' : `&counter=${counter}`;
      return `otpauth://${type}/Kill:${name}?issuer=Kill&secret=${secretOf(name)}${count}`;
    });
    const { id, candidates } = await transfer.readText(null, links.join('\n'));
    const action = 'replace' as const;
    return transfer.add(
      id,
      candidates.map((candidate) => ({ id: candidate.id, action })),
    );
  };

  /** An import that was the step before: it may be taken back. */
  let lastAdd: { undoId: string; before: readonly ImportedAccount[] } | null = null;

  const nextStep = async (random: () => number): Promise<Step> => {
    clock.advance(1_000);
    const accounts = await portable();
    const shown = await authenticator.list();
    const pick = Math.floor(random() * shown.length);
    const picked = accounts[pick];
    const id = shown[pick]?.id;
    const change = (after: readonly ImportedAccount[], run: Step['run']): Step => ({
      kind: 'change',
      after: lineOf(after),
      run,
    });
    const undoable = lastAdd;
    lastAdd = null;
    if (undoable !== null && random() < 0.3) {
      return change(undoable.before, () => transfer.undo(undoable.undoId));
    }
    const kind = random();
    if (kind < 0.2) return { kind: 'backup', after: lineOf(accounts), run: () => backups.now() };
    if (picked === undefined || id === undefined || (kind < 0.45 && accounts.length < MAX_ACCOUNTS)) {
      const added = Array.from({ length: 1 + Math.floor(random() * MAX_IMPORTED) }, () => newAccount(random));
      return change([...accounts, ...added], async () => {
        const { undoId } = await add(added);
        lastAdd = { undoId, before: accounts };
      });
    }
    const becomes = (next: ImportedAccount) => accounts.with(pick, next);
    if (kind < 0.65) {
      const note = word(random);
      const { issuer, name, algorithm, digits, periodS, counter } = picked;
      const edit = { id, issuer, name, tags: [], note, algorithm, digits, periodS, counter };
      return change(becomes({ ...picked, note }), () => authenticator.edit(edit));
    }
    if (picked.counter !== null && kind < 0.85) {
      return change(becomes({ ...picked, counter: picked.counter + 1 }), () => authenticator.advance(id));
    }
    if (kind < 0.85) return change(becomes({ ...picked, note: '' }), () => add([picked]));
    return change(accounts.toSpliced(pick, 1), () => authenticator.delete(id));
  };

  return {
    folder,
    nextStep,
    line: async () => {
      const line = lineOf(await portable());
      if (damage > 0) throw new Error('A damaged file was met.');
      return line;
    },
    setUpBackups: () =>
      backups.setUp({
        password: PASSWORD,
        plan: { folder: backupFolder(folder), automatic: false, generations: GENERATIONS },
      }),
  };
}

const word = (random: () => number): string => Math.floor(random() * 2 ** 32).toString(36);

const newAccount = (random: () => number): ImportedAccount => {
  const name = word(random);
  const isCounted = random() < 0.4;
  return {
    type: isCounted ? 'hotp' : 'totp',
    issuer: 'Kill',
    name,
    secret: secretOf(name),
    algorithm: 'SHA-1',
    digits: 6,
    periodS: isCounted ? 0 : 30,
    counter: isCounted ? 0 : null,
    tags: [],
    note: '',
    pinned: false,
  };
};

/** The accounts of each backup in the folder, in a line, the oldest first. Throws where one does not open. */
export async function backupLines(folder: string): Promise<string[]> {
  const file = jsonFile({ path: dataFiles(join(folder, 'data')).backups, schema: BackupDocument });
  const setUp = (await file.read())?.setUp;
  if (setUp === undefined || setUp === null) throw new Error('The plan of the backups is gone.');
  const { key } = unsealBackupKey(KEY, setUp.key);
  const names = readdirSync(backupFolder(folder)).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => {
    const content = readFileSync(join(backupFolder(folder), name), 'utf8');
    const opened = openBackup(BackupFile.parse(JSON.parse(content)), key);
    if (opened === null || opened.leftOut.length > 0) throw new Error(`${name} does not open.`);
    return lineOf(opened.accounts);
  });
}

/** Temporary files that were left behind. */
export const remains = (folder: string): string[] =>
  [join(folder, 'data'), backupFolder(folder)].flatMap((path) =>
    readdirSync(path).filter((name) => name.endsWith('.tmp')),
  );
