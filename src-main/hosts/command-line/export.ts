// `twofold export`: accounts as files that other apps read, or as sheets to print.
import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ExportFormat } from '../../../src-shared/contract/transfer.ts';
import { isEncrypted, writeExport } from '../../authenticator/transfer/export-formats.ts';
import type { ExportedFile } from '../../authenticator/transfer/exporter.ts';
import { writePrivateFile } from '../../authenticator/transfer/private-files.ts';
import { checkNewPassphrase } from '../../secrets/passphrase.ts';
import { makeFolder } from '../../storage/durable-folder.ts';
import { writeFailed } from '../../storage/storage-failure.ts';
import { countOf, fits, noneFits } from './account-choice.ts';
import { parseChoice } from './arguments.ts';
import { CommandFailed, exitCodes, type Terminal, WrongUsage } from './command.ts';
import { confirm } from './confirmation.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { newPassword } from './new-password.ts';
import { withVault } from './read-vault.ts';
import { passphraseSource, refuseSharedDescriptors, secretKinds, secretSource } from './secret-source.ts';

/** What `--json` prints. */
export const ExportOutput = z.strictObject({
  paths: z.array(z.string()),
  accounts: z.number().int(),
  /** What the format cannot express, in sentences. */
  lost: z.array(z.string()),
});
export type ExportOutput = z.infer<typeof ExportOutput>;

/** What is one already, or is written like one. */
const isFolder = (path: string): boolean =>
  /[\\/]$/u.test(path) || (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);

/** A single file at `output`, or in it where that is a folder; several files in the folder `output`, which is made. */
async function writeFiles(
  files: readonly ExportedFile[],
  output: string,
  mayReplace: boolean,
): Promise<string[]> {
  const isOneFile = files.length === 1 && !isFolder(output);
  const targets = files.map(({ name, content }) => ({
    path: isOneFile ? output : join(output, name),
    content,
  }));
  const taken = targets.find(({ path }) => existsSync(path));
  if (taken !== undefined && !mayReplace) {
    throw new CommandFailed(
      exitCodes.alreadyThere,
      `“${taken.path}” is there already. Nothing was written. Choose another name, or add --force to replace it.`,
    );
  }
  if (!isOneFile) {
    await makeFolder(output).catch((error: unknown) => {
      throw writeFailed(output, error);
    });
  }
  for (const { path, content } of targets) await writePrivateFile(path, content);
  return targets.map(({ path }) => path);
}

/** Whoever has just given the passphrase has shown who they are; where the keychain opens the vault, they are asked. */
async function confirmPlainText(
  terminal: Terminal,
  protection: 'keychain' | 'passphrase',
  isAccepted: boolean,
): Promise<void> {
  if (isAccepted || protection === 'passphrase') return;
  await confirm(
    terminal,
    'This file will hold the secrets in clear: whoever reads it can make your codes. Write it?',
    { instead: '--accept-plain-text', kept: 'Nothing was written.' },
  );
}

export const exportAccounts = defineCommand({
  usage: ['export --format FORMAT --output PATH [FILTER...] [options]'],
  about:
    'Writes the accounts that fit, or all, for another app, to a file that only you can read. Encrypted formats ask for a new password. All others hold the secrets in clear, and ask first unless the vault was opened with its passphrase.\n\nA PATH that is a folder, or ends with a slash, gets the file under its usual name. The QR codes for Google Authenticator are pictures, ten accounts each; several of them need a folder.',
  options: {
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: ExportFormat.options,
      explains: 'what to write',
    },
    output: { type: 'string', value: 'PATH', isPath: true, explains: 'where to write it' },
    force: { type: 'boolean', explains: 'replace files that are there' },
    'accept-plain-text': { type: 'boolean', explains: 'write secrets in clear without asking' },
    'password-fd': {
      type: 'string',
      value: 'N',
      explains: 'read the new password of the file from file descriptor N',
    },
    ...PASSPHRASE_OPTION,
    ...JSON_OPTION,
  },
  maxArguments: 20,
  async run({ values, positionals }, surroundings) {
    const { terminal, clock } = surroundings;
    const { output, 'password-fd': passwordFd, 'passphrase-fd': passphraseFd } = values;
    if (values.format === undefined) throw new WrongUsage('Say which --format.');
    if (output === undefined || output === '') throw new WrongUsage('Say with --output where to write.');
    const format = parseChoice('--format', values.format, ExportFormat.options);
    refuseSharedDescriptors([passwordFd, passphraseFd]);
    const passphrase = passphraseSource(terminal, passphraseFd);
    const password = secretSource(terminal, '--password-fd', passwordFd, secretKinds.password);
    const filter = positionals.join(' ').trim();
    const { files, lost, count } = await withVault(surroundings, passphrase, async (authenticator, keys) => {
      const chosen = (await authenticator.list()).filter((account) => fits(account, filter));
      if (chosen.length === 0) throw new CommandFailed(exitCodes.notFound, noneFits(filter));
      const writing = { nowMs: clock.nowMs(), random: randomBytes };
      const accounts = await authenticator.portableAccounts(chosen.map(({ id }) => id));
      if (isEncrypted(format)) {
        const given = await newPassword(password);
        checkNewPassphrase(given);
        const result = await writeExport(format, accounts, { ...writing, password: given });
        return { ...result, count: accounts.length };
      }
      const state = keys.state();
      const protection = state.kind === 'ready' ? state.protection : 'keychain';
      await confirmPlainText(terminal, protection, values['accept-plain-text'] === true);
      return { ...(await writeExport(format, accounts, writing)), count: accounts.length };
    });
    if (files.length === 0) {
      throw new CommandFailed(exitCodes.refused, 'None of these accounts can be written in this format.');
    }
    const paths = await writeFiles(files, output, values.force === true);
    const report = ExportOutput.parse({ paths, accounts: count, lost });
    if (values.json === true) terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
    else {
      terminal.print(`${[`${countOf(report.accounts)} written.`, ...paths].join('\n')}\n`);
      for (const sentence of report.lost) terminal.tell(sentence);
    }
    return exitCodes.done;
  },
});
