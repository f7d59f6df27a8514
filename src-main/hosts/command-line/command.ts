// What one command of the command line is, and what it gets to work with.
import type { Clock } from '../../clock/clock.ts';
import type { KeyStore } from '../../secrets/key-store.ts';

/** Exit codes, for scripts. docs/command-line.md lists them for people. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** No account fits, or there is no vault yet. */
  notFound: 3,
  /** Passphrase refused or not given, keychain silent. */
  noKeys: 4,
  /** The clock is off by so much that codes are refused. */
  clockOff: 5,
  clockNotChecked: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface Terminal {
  /** Writes to standard output: results, and nothing else. */
  readonly print: (text: string) => void;
  /** Writes a sentence for the person to standard error. */
  readonly tell: (sentence: string) => void;
  /** Asks without showing what is typed; null where nobody is there to ask. */
  readonly askSecret: (question: string) => Promise<string | null>;
  /** Resolves when the user or the system asks the program to end. */
  readonly ended: () => Promise<void>;
  /** Calls `work` at each Enter while somebody is there; answers whether there is. */
  readonly onEnter: (work: () => void) => boolean;
}

export interface Surroundings {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly keychain: KeyStore;
  /** The folder of all data. */
  readonly home: string;
  readonly version: string;
  /** The folder of the built renderer. */
  readonly pages: string;
}

export interface Command {
  /** What `twofold <command> --help` prints. */
  readonly help: string;
  /** Throws WrongUsage for arguments that it does not take, TwofoldError for what cannot be done. */
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;
}

/** The arguments do not fit; the message says which. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
