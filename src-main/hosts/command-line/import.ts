// `twofold import FILE --preview`: what a file of another authenticator holds, and what would be left out or lost.
import { z } from 'zod';
import { OtpAlgorithm } from '../../../src-shared/contract/authenticator.ts';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { ImportedAccount, ImportResult } from '../../authenticator/transfer/imported-account.ts';
import { detectFormat } from '../../authenticator/transfer/importers.ts';
import { MAX_FILE_BYTES } from '../../authenticator/transfer/limits.ts';
import { cleanLabel } from '../../otp/label.ts';
import { parseArguments, parseNumber } from './arguments.ts';
import { type Command, exitCodes, WrongUsage } from './command.ts';
import { passphraseSource } from './passphrase-source.ts';
import { readWholeFile } from './read-whole-file.ts';

const PreviewedAccount = z.strictObject({
  type: z.enum(['totp', 'hotp', 'steam']),
  issuer: z.string(),
  account: z.string(),
  /** Base32; only with --reveal. */
  secret: z.string().optional(),
  algorithm: OtpAlgorithm,
  digits: z.number().int(),
  /** Seconds; for accounts that are timed. */
  period: z.number().int().optional(),
  /** For accounts that are counted. */
  counter: z.number().int().optional(),
  tags: z.array(z.string()),
  note: z.string(),
  pinned: z.boolean(),
});

/** What `--json` prints. */
export const ImportPreview = z.strictObject({
  format: z.string(),
  accounts: z.array(PreviewedAccount),
  leftOut: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
  converted: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

const previewed = (account: ImportedAccount, reveal: boolean): z.infer<typeof PreviewedAccount> => ({
  type: account.type,
  issuer: account.issuer,
  account: account.name,
  ...(reveal ? { secret: account.secret } : {}),
  algorithm: account.algorithm,
  digits: account.digits,
  ...(account.counter === null ? { period: account.periodS } : { counter: account.counter }),
  tags: [...account.tags],
  note: account.note,
  pinned: account.pinned,
});

async function previewOf(
  content: Uint8Array,
  password: () => Promise<string | null>,
): Promise<{ format: string; label: string; result: ImportResult }> {
  const found = detectFormat(content);
  if (found === null) {
    throw new TwofoldError('import-refused', 'No known authenticator writes files like this one.', {
      reason: 'unknown-format',
    });
  }
  const { importer, detection } = found;
  if (detection.kind === 'refused') throw new TwofoldError('import-refused', detection.reason);
  const result = await importer.read(content, {
    password: detection.kind === 'encrypted' ? await password() : null,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return { format: importer.format, label: importer.label, result };
}

function printable(label: string, { accounts, leftOut, converted }: ImportResult): string {
  const lines = accounts.map(({ issuer, name }) =>
    [cleanLabel(issuer), cleanLabel(name)].filter(Boolean).join('  '),
  );
  return [
    `${label}: ${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`,
    ...lines.map((line) => `  ${line}`),
    ...leftOut.map(({ where, reason }) => `Left out: ${where}: ${reason}`),
    ...converted.map((sentence) => `Changed: ${sentence}`),
  ].join('\n');
}

export const importFile: Command = {
  help: `Usage: twofold import FILE --preview [--json] [--reveal] [--passphrase-fd N]

Shows what a file of another authenticator holds, what would be left out and
why, and what would be changed or lost. It changes nothing.

  --json             print JSON instead
  --reveal           print the secrets too (with --json)
  --passphrase-fd N  read the file's password from file descriptor N, up to the
                     end of the first line`,
  async run(args, { terminal }) {
    const options = {
      preview: { type: 'boolean' },
      json: { type: 'boolean' },
      reveal: { type: 'boolean' },
      'passphrase-fd': { type: 'string' },
    } as const;
    const { values, positionals } = parseArguments(args, options, 1);
    const [path] = positionals;
    if (path === undefined) throw new WrongUsage('Say which file.');
    if (values.preview !== true) throw new WrongUsage('Only a preview can be made here: add --preview.');
    const descriptor = values['passphrase-fd'];
    const password = passphraseSource(
      terminal,
      descriptor === undefined ? null : parseNumber('--passphrase-fd', descriptor, 0, 1023),
    );
    const content = await readWholeFile(path, MAX_FILE_BYTES);
    const { format, label, result } = await previewOf(content, password);
    if (values.json === true) {
      const preview: ImportPreview = ImportPreview.parse({
        format,
        accounts: result.accounts.map((account) => previewed(account, values.reveal === true)),
        leftOut: result.leftOut,
        converted: result.converted,
      });
      terminal.print(`${JSON.stringify(preview, undefined, 2)}\n`);
    } else terminal.print(`${printable(label, result)}\n`);
    return exitCodes.done;
  },
};
