// `twofold import`: the accounts of other authenticators' files, shown, and added after a yes.
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { Preview } from '../../../src-shared/contract/transfer.ts';
import type { Transfer } from '../../authenticator/transfer/transfer.ts';
import { MAX_FILE_BYTES } from '../../authenticator/transfer/limits.ts';
import { countOf, labelOf } from './account-choice.ts';
import { addFrom, reportAdded, type WhenThere } from './added-accounts.ts';
import { CommandFailed, exitCodes, WrongUsage } from './command.ts';
import { confirm } from './confirmation.ts';
import { defineCommand, JSON_OPTION } from './define-command.ts';
import { exitCodeOf } from './failure-codes.ts';
import { withWriting } from './open-for-writing.ts';
import { previewFile, previewJson, previewText, remarks } from './preview-file.ts';
import { readWholeFile } from './read-whole-file.ts';
import {
  passphraseSource,
  refuseSharedDescriptors,
  secretKinds,
  secretSource,
  type SecretSource,
} from './secret-source.ts';

const MAX_FILES = 1_000;

/** Reads a file into the preview `previewId`, or a new one; asks for its password where it has one. */
async function readInto(
  transfer: Transfer,
  previewId: string | null,
  path: string,
  password: SecretSource,
): Promise<Preview> {
  const name = basename(path);
  const content = await readWholeFile(path, MAX_FILE_BYTES);
  const file = { previewId, name, content };
  const first = await transfer.readFile({ ...file, jobId: randomUUID(), password: null });
  if (first.kind === 'read') return first.preview;
  const given = await password(`Password of ${name} (${first.format}): `);
  if (given === null) {
    throw new CommandFailed(
      exitCodes.noKeys,
      `“${path}” is encrypted. Enter its password in a terminal, or give it with --password-fd.`,
    );
  }
  const second = await transfer.readFile({ ...file, jobId: randomUUID(), password: given });
  if (second.kind === 'read') return second.preview;
  throw new Error('A file with its password asks for one.');
}

/** All files in one preview, or none. Throws CommandFailed, which names the file. */
async function readAll(
  transfer: Transfer,
  paths: readonly string[],
  password: SecretSource,
): Promise<Preview> {
  let preview: Preview | null = null;
  for (const path of paths) {
    try {
      preview = await readInto(transfer, preview?.id ?? null, path, password);
    } catch (error) {
      if (!(error instanceof TwofoldError) || error.code === 'not-found') throw error;
      throw new CommandFailed(exitCodeOf(error), `${path}: ${error.message}`);
    }
  }
  if (preview === null) throw new WrongUsage('Say which file.');
  return preview;
}

function describe({ sources, candidates, leftOut, converted }: Preview): string {
  const lines = candidates.map(
    (candidate) =>
      `  ${labelOf(candidate)}${candidate.status === 'already-there' ? '  (there already)' : ''}`,
  );
  return [
    `${sources.join(', ')}: ${countOf(candidates.length)}`,
    ...lines,
    ...remarks({ leftOut, converted }),
  ].join('\n');
}

function whenThereOf(values: { replace?: boolean; 'keep-both'?: boolean }): WhenThere {
  const { replace, 'keep-both': keepBoth } = values;
  if (replace === true && keepBoth === true) throw new WrongUsage('Say --replace or --keep-both, not both.');
  if (replace === true) return 'replace';
  return keepBoth === true ? 'keep-both' : 'skip';
}

export const importFiles = defineCommand({
  usage: [
    'import FILE... [--yes] [--replace | --keep-both] [options]',
    'import FILE --preview [--json] [--reveal] [--passphrase-fd N]',
  ],
  about:
    "Adds the accounts of files of other authenticators, or of pictures of their QR codes. The format is found by the content. First shows what would be added and what would be left out, and asks. Accounts that are there already are skipped.\n\nWith --preview it only shows, needs no vault, and changes nothing; --passphrase-fd then gives the file's password.",
  options: {
    preview: { type: 'boolean', explains: 'only show what the file holds' },
    reveal: { type: 'boolean', explains: 'with --preview --json: print the secrets too' },
    yes: { type: 'boolean', explains: 'add without asking' },
    replace: { type: 'boolean', explains: 'replace accounts that are there already' },
    'keep-both': { type: 'boolean', explains: 'add them a second time' },
    'password-fd': {
      type: 'string',
      value: 'N',
      explains: "read the file's password from file descriptor N, up to the end of the first line",
    },
    'passphrase-fd': {
      type: 'string',
      value: 'N',
      explains: "read the passphrase of the vault from file descriptor N; with --preview the file's password",
    },
    ...JSON_OPTION,
  },
  completes: 'paths',
  maxArguments: MAX_FILES,
  async run({ values, positionals }, surroundings) {
    const { terminal, clock } = surroundings;
    const [path, ...others] = positionals;
    if (path === undefined) throw new WrongUsage('Say which file.');
    const asJson = values.json === true;
    const passwordFd = values['password-fd'];
    const passphraseFd = values['passphrase-fd'];
    refuseSharedDescriptors([passwordFd, passphraseFd]);
    if (values.preview === true) {
      if (others.length > 0) throw new WrongUsage('--preview takes one file.');
      const given = passwordFd ?? passphraseFd;
      const password = secretSource(terminal, '--passphrase-fd', given, secretKinds.password);
      const file = await previewFile(await readWholeFile(path, MAX_FILE_BYTES), password, clock);
      const reveal = values.reveal === true;
      terminal.print(
        `${asJson ? JSON.stringify(previewJson(file, reveal), undefined, 2) : previewText(file)}\n`,
      );
      return exitCodes.done;
    }
    if (values.reveal === true) throw new WrongUsage('--reveal belongs to --preview.');
    const whenThere = whenThereOf(values);
    const password = secretSource(terminal, '--password-fd', passwordFd, secretKinds.password);
    const passphrase = passphraseSource(terminal, passphraseFd);
    const output = await withWriting(surroundings, passphrase, async (opened) => {
      const preview = await readAll(opened.transfer, positionals, password);
      const wouldAdd = preview.candidates.some(({ status }) => status === 'new' || whenThere !== 'skip');
      if (values.yes !== true && wouldAdd) {
        terminal.tell(describe(preview));
        await confirm(terminal, 'Add them?', { instead: '--yes', kept: 'Nothing was added.' });
      }
      return addFrom(opened, preview, whenThere);
    });
    return reportAdded(terminal, output, asJson);
  },
});
