// Where the command line gets secrets from: a person at a terminal or an open file, never an argument.
import { createReadStream } from 'node:fs';
import { type ErrorCode, TwofoldError } from '../../../src-shared/contract/errors.ts';
import { parseNumber } from './arguments.ts';
import { type Terminal, WrongUsage } from './command.ts';
import { descriptorPlace } from './inherited-descriptor.ts';

const MAX_DESCRIPTOR = 1023;

interface SecretKind {
  /** As it stands in sentences. */
  readonly called: string;
  readonly question: string;
  readonly maxBytes: number;
  readonly whenUnusable: ErrorCode;
}

export const secretKinds = {
  passphrase: {
    called: 'passphrase',
    question: 'Passphrase: ',
    maxBytes: 4096,
    whenUnusable: 'passphrase-refused',
  },
  password: {
    called: 'password',
    question: 'Password: ',
    maxBytes: 4096,
    whenUnusable: 'passphrase-refused',
  },
  secret: { called: 'secret', question: 'Secret: ', maxBytes: 8192, whenUnusable: 'account-refused' },
  link: { called: 'link', question: 'Link: ', maxBytes: 16_384, whenUnusable: 'account-refused' },
} as const satisfies Record<string, SecretKind>;

/** Asks for a secret, with a question of its own where one is given; null where nobody is there to ask. */
export type SecretSource = (question?: string) => Promise<string | null>;

/** The first line of what another program wrote to that file descriptor. Throws TwofoldError. */
async function readDescriptor(descriptor: number, kind: SecretKind): Promise<string> {
  const refused = (why: string, cause?: unknown): TwofoldError =>
    new TwofoldError(kind.whenUnusable, `File descriptor ${descriptor} ${why}.`, undefined, cause);
  const isUnderNpm = process.env['npm_lifecycle_event'] === 'twofold';
  const place = descriptorPlace(descriptor, { pid: process.pid, isUnderNpm });
  if (place.kind === 'absent') throw refused('is not open');
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of createReadStream(place.kind === 'elsewhere' ? place.path : '', {
      ...(place.kind === 'own' ? { fd: descriptor, autoClose: false } : {}),
      end: kind.maxBytes,
    })) {
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    }
  } catch (error) {
    throw refused('cannot be read', error);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > kind.maxBytes) throw refused(`holds too much for a ${kind.called}`);
  const [line = ''] = bytes.toString('utf8').split(/\r?\n/u, 1);
  bytes.fill(0);
  if (line === '') throw refused(`holds no ${kind.called}`);
  return line;
}

/**
 * A source that reads when it is called: from the descriptor that the option named (`given`), else from the terminal. A
 * descriptor is read once; what it held is answered again. Throws WrongUsage for a `given` that is no number.
 */
export function secretSource(
  terminal: Terminal,
  option: string,
  given: string | undefined,
  kind: SecretKind,
): SecretSource {
  if (given === undefined) return (question = kind.question) => terminal.askSecret(question);
  const descriptor = parseNumber(option, given, 0, MAX_DESCRIPTOR);
  let line: Promise<string> | null = null;
  return () => (line ??= readDescriptor(descriptor, kind));
}

/** The passphrase of the vault. Throws WrongUsage. */
export const passphraseSource = (terminal: Terminal, given: string | undefined): SecretSource =>
  secretSource(terminal, '--passphrase-fd', given, secretKinds.passphrase);

/** One descriptor holds one secret. Throws WrongUsage. */
export function refuseSharedDescriptors(given: readonly (string | undefined)[]): void {
  const named = given.filter((descriptor) => descriptor !== undefined).map(Number);
  if (new Set(named).size < named.length) {
    throw new WrongUsage('Each secret needs a file descriptor of its own.');
  }
}
