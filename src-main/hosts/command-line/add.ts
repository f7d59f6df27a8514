// `twofold add`: accounts from pictures of QR codes, from a link, or from a typed secret.
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import {
  type Account,
  ManualAccount,
  MAX_PERIOD_S,
  OtpAlgorithm,
  OtpType,
} from '../../../src-shared/contract/authenticator.ts';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { MAX_PICTURE_BYTES, type Preview } from '../../../src-shared/contract/transfer.ts';
import { cleanTags } from '../../authenticator/new-account.ts';
import type { OpenedAuthenticator } from '../../authenticator/open-authenticator.ts';
import { readPictureHeader } from '../../authenticator/qr/picture-header.ts';
import type { Transfer } from '../../authenticator/transfer/transfer.ts';
import { addFrom, type AddedOutput, reportAdded, tagged } from './added-accounts.ts';
import { parseChoice, parseNumber } from './arguments.ts';
import { CommandFailed, exitCodes, WrongUsage } from './command.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { withWriting } from './open-for-writing.ts';
import { readWholeFile } from './read-whole-file.ts';
import {
  passphraseSource,
  refuseSharedDescriptors,
  secretKinds,
  secretSource,
  type SecretSource,
} from './secret-source.ts';

const MAX_PICTURES = 1_000;
const DEFAULT_DIGITS = 6;
const DEFAULT_PERIOD_S = 30;

type Typed = Omit<ManualAccount, 'secret'>;

/** The options of an account that is typed in. */
interface TypedOptions {
  readonly issuer?: string | undefined;
  readonly account?: string | undefined;
  readonly type?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly digits?: string | undefined;
  readonly period?: string | undefined;
  readonly counter?: string | undefined;
}

/** Throws WrongUsage before anything is asked. */
function typedAccount({ issuer = '', account = '', ...given }: TypedOptions): Typed {
  if (issuer.trim() === '' && account.trim() === '') {
    throw new WrongUsage('Say --issuer or --account, so that the account can be found again.');
  }
  const number = (option: 'digits' | 'period' | 'counter', absent: number, least: number, most: number) => {
    const text = given[option];
    return text === undefined ? absent : parseNumber(`--${option}`, text, least, most);
  };
  return {
    issuer,
    name: account,
    type: parseChoice('--type', given.type ?? 'totp', OtpType.options),
    algorithm: parseChoice('--algorithm', given.algorithm ?? 'SHA-1', OtpAlgorithm.options),
    digits: number('digits', DEFAULT_DIGITS, 5, 10),
    periodS: number('period', DEFAULT_PERIOD_S, 1, MAX_PERIOD_S),
    counter: number('counter', 0, 0, Number.MAX_SAFE_INTEGER - 1),
  };
}

/** Throws CommandFailed where nobody is there to be asked. */
async function asked(source: SecretSource, kind: 'secret' | 'link', option: string): Promise<string> {
  const given = await source();
  if (given !== null && given.trim() !== '') return given;
  throw new CommandFailed(
    exitCodes.refused,
    `There is no ${kind}, so nothing was added. Enter it in a terminal, or give it with ${option}.`,
  );
}

async function addTyped(
  { authenticator }: OpenedAuthenticator,
  typed: Typed,
  secret: SecretSource,
): Promise<Account> {
  const account = { ...typed, secret: await asked(secret, 'secret', '--secret-fd') };
  const parsed = ManualAccount.safeParse(account);
  if (parsed.success) return authenticator.addManually(parsed.data);
  throw new TwofoldError(
    'account-refused',
    'A name or the secret is too long or holds characters that cannot be. Nothing was added.',
  );
}

async function readPictures(transfer: Transfer, paths: readonly string[]): Promise<Preview> {
  let preview: Preview | null = null;
  for (const path of paths) {
    const content = await readWholeFile(path, MAX_PICTURE_BYTES);
    if (readPictureHeader(content) === null) {
      throw new TwofoldError(
        'picture-refused',
        `“${path}” is not a picture that can be read, so nothing was added. For files of other authenticators: twofold import FILE`,
      );
    }
    const previewId: string | null = preview?.id ?? null;
    const file = { previewId, jobId: randomUUID(), name: basename(path), content, password: null };
    const reading = await transfer.readFile(file);
    if (reading.kind === 'read') preview = reading.preview;
  }
  if (preview === null) throw new WrongUsage('Say which pictures.');
  return preview;
}

const TYPED_OPTIONS = {
  issuer: { type: 'string', value: 'NAME', explains: 'who issued the secret' },
  account: { type: 'string', value: 'NAME', explains: 'your name there' },
  type: {
    type: 'string',
    value: 'TYPE',
    choices: OtpType.options,
    explains: 'kind of code; totp if left out',
  },
  algorithm: {
    type: 'string',
    value: 'NAME',
    choices: OtpAlgorithm.options,
    explains: 'SHA-1 if left out',
  },
  digits: { type: 'string', value: 'N', explains: `5 to 10; ${DEFAULT_DIGITS} if left out` },
  period: { type: 'string', value: 'N', explains: `seconds; ${DEFAULT_PERIOD_S} if left out` },
  counter: { type: 'string', value: 'N', explains: 'the next counter of an hotp account; 0 if left out' },
} as const;

const isTypedOption = (name: string): boolean => Object.hasOwn(TYPED_OPTIONS, name);

export const add = defineCommand({
  usage: [
    'add --issuer NAME --account NAME [options]',
    'add --link | --link-fd N [options]',
    'add PICTURE... [options]',
  ],
  about:
    'Adds an account: from its secret, which is asked for; from an otpauth link (or one of Google Authenticator); or all that the QR codes of pictures hold. Accounts that are there already are left as they are.\n\nSecrets and links are never arguments: other programs could see those.',
  options: {
    ...TYPED_OPTIONS,
    tag: { type: 'string', value: 'TAG', multiple: true, explains: 'may be given several times' },
    'secret-fd': {
      type: 'string',
      value: 'N',
      explains: 'read the secret (base32) from file descriptor N, up to the end of the first line',
    },
    link: { type: 'boolean', explains: 'ask for a link' },
    'link-fd': { type: 'string', value: 'N', explains: 'read the link from file descriptor N' },
    ...PASSPHRASE_OPTION,
    ...JSON_OPTION,
  },
  completes: 'paths',
  maxArguments: MAX_PICTURES,
  async run({ values, positionals }, surroundings) {
    const { terminal } = surroundings;
    const { 'secret-fd': secretFd, 'link-fd': linkFd, 'passphrase-fd': passphraseFd } = values;
    refuseSharedDescriptors([secretFd, linkFd, passphraseFd]);
    const passphrase = passphraseSource(terminal, passphraseFd);
    const secret = secretSource(terminal, '--secret-fd', secretFd, secretKinds.secret);
    const link = secretSource(terminal, '--link-fd', linkFd, secretKinds.link);
    const isLink = values.link === true || linkFd !== undefined;
    const isTyped = secretFd !== undefined || Object.keys(values).some(isTypedOption);
    if ([isLink, isTyped, positionals.length > 0].filter(Boolean).length > 1) {
      throw new WrongUsage('Give pictures, or a link, or a name and a secret.');
    }
    const typed = isLink || positionals.length > 0 ? null : typedAccount(values);
    const tags = cleanTags(values.tag ?? []);
    const output = await withWriting(surroundings, passphrase, async (opened): Promise<AddedOutput> => {
      const { transfer } = opened;
      if (typed !== null) {
        const account = await addTyped(opened, typed, secret);
        const accounts = await tagged(opened, [account], tags);
        return { accounts, replaced: 0, skipped: 0, leftOut: [], converted: [] };
      }
      const preview = isLink
        ? await transfer.readText(null, await asked(link, 'link', '--link-fd'))
        : await readPictures(transfer, positionals);
      const added = await addFrom(opened, preview, 'skip');
      return { ...added, accounts: await tagged(opened, added.accounts, tags) };
    });
    return reportAdded(terminal, output, values.json === true);
  },
});
