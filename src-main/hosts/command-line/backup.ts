// `twofold backup`: makes a backup by the plan of the settings, tests the newest one, or sets backups up.
import { resolve } from 'node:path';
import { BackupStatus, BackupTest } from '../../../src-shared/contract/backup.ts';
import type { Backups } from '../../authenticator/backup/backups.ts';
import { countOf } from './account-choice.ts';
import { parseNumber } from './arguments.ts';
import { CommandFailed, exitCodes, type Terminal, WrongUsage } from './command.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { newPassword } from './new-password.ts';
import { withWriting } from './open-for-writing.ts';
import {
  passphraseSource,
  refuseSharedDescriptors,
  secretKinds,
  secretSource,
  type SecretSource,
} from './secret-source.ts';

const DEFAULT_GENERATIONS = 10;

const madeText = ({ last }: BackupStatus): string =>
  last === null ? 'No backup was made.' : `${countOf(last.accounts)} backed up.\n${last.path}`;

const testText = ({ path, accounts, missing, extra }: BackupTest): string =>
  [
    `The backup opens and holds ${countOf(accounts)}.`,
    ...(missing > 0 ? [`${countOf(missing)} in use ${missing === 1 ? 'is' : 'are'} not in it.`] : []),
    ...(extra > 0 ? [`${countOf(extra)} of it ${extra === 1 ? 'is' : 'are'} no longer in use.`] : []),
    path,
  ].join('\n');

async function test(backups: Backups, password: SecretSource): Promise<BackupTest> {
  const given = await password('Password of the backup: ');
  if (given !== null) return BackupTest.parse(await backups.test(given));
  throw new CommandFailed(
    exitCodes.noKeys,
    'The test needs the password of the backup. Enter it in a terminal, or give it with --password-fd.',
  );
}

export const backup = defineCommand({
  usage: [
    'backup [--json]',
    'backup --test [--password-fd N] [--json]',
    'backup --set-up FOLDER [--generations N] [--only-by-hand]',
  ],
  about:
    'Makes an encrypted backup of all accounts, where and as the settings say. --test opens the newest one with its password, as another computer would, and compares it with the accounts in use. --set-up chooses password and folder, and makes the first backup.',
  options: {
    test: { type: 'boolean', explains: 'prove that the newest backup opens' },
    'set-up': { type: 'string', value: 'FOLDER', isPath: true, explains: 'choose where backups go' },
    generations: {
      type: 'string',
      value: 'N',
      explains: `how many are kept; ${DEFAULT_GENERATIONS} if left out`,
    },
    'only-by-hand': { type: 'boolean', explains: 'make none by itself after changes' },
    'password-fd': {
      type: 'string',
      value: 'N',
      explains: 'read the password of the backup from file descriptor N',
    },
    ...PASSPHRASE_OPTION,
    ...JSON_OPTION,
  },
  maxArguments: 0,
  async run({ values }, surroundings) {
    const { terminal } = surroundings;
    const { 'set-up': folder, 'password-fd': passwordFd, 'passphrase-fd': passphraseFd } = values;
    refuseSharedDescriptors([passwordFd, passphraseFd]);
    const isTest = values.test === true;
    if (isTest && folder !== undefined) throw new WrongUsage('Say --test or --set-up, not both.');
    const generations = parseNumber(
      '--generations',
      values.generations ?? String(DEFAULT_GENERATIONS),
      1,
      100,
    );
    const passphrase = passphraseSource(terminal, passphraseFd);
    const password = secretSource(terminal, '--password-fd', passwordFd, secretKinds.password);
    return withWriting(surroundings, passphrase, async ({ backups }) => {
      if (isTest) {
        const result = await test(backups, password);
        show(terminal, result, testText(result), values.json === true);
        return exitCodes.done;
      }
      const status = BackupStatus.parse(
        folder === undefined
          ? await backups.now()
          : await backups.setUp({
              password: await newPassword(password),
              plan: { folder: resolve(folder), automatic: values['only-by-hand'] !== true, generations },
            }),
      );
      show(terminal, status, madeText(status), values.json === true);
      return exitCodes.done;
    });
  },
});

const show = (terminal: Terminal, output: BackupStatus | BackupTest, text: string, asJson: boolean): void =>
  terminal.print(`${asJson ? JSON.stringify(output, undefined, 2) : text}\n`);
