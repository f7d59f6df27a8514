// Where the command line gets a passphrase from: a person at a terminal or an open file, never an argument.
import { createReadStream } from 'node:fs';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { Terminal } from './command.ts';

const MAX_BYTES = 4096;

/** The first line of what another program wrote to that file descriptor. Throws TwofoldError `passphrase-refused`. */
async function readDescriptor(descriptor: number): Promise<string> {
  const refused = (why: string, cause?: unknown): TwofoldError =>
    new TwofoldError('passphrase-refused', `File descriptor ${descriptor} ${why}.`, undefined, cause);
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of createReadStream('', { fd: descriptor, autoClose: false, end: MAX_BYTES })) {
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    }
  } catch (error) {
    throw refused('cannot be read', error);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > MAX_BYTES) throw refused('holds too much for a passphrase');
  const [line = ''] = bytes.toString('utf8').split(/\r?\n/, 1);
  bytes.fill(0);
  if (line === '') throw refused('holds no passphrase');
  return line;
}

/** Reads the passphrase when it is called: from the descriptor where one was given, else from the terminal. */
export const passphraseSource =
  (terminal: Terminal, descriptor: number | null): (() => Promise<string | null>) =>
  () =>
    descriptor === null ? terminal.askSecret('Passphrase: ') : readDescriptor(descriptor);
