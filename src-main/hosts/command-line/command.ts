// What one command of the command line is, and what it gets to work with.
import type { Clipboard } from '../../authenticator/clipboard.ts';
import type { Clock } from '../../clock/clock.ts';
import type { KeyStore } from '../../secrets/key-store.ts';
import type { PasswordStore } from '../../secrets/password-store.ts';

/** Exit codes, for scripts. docs/command-line.md lists them for people. */
export const exitCodes = {
  done: 0,
  /** Failed; for `rehearse`: something was not as expected. */
  failed: 1,
  wrongUsage: 2,
  /** No account fits, no QR code or file is there, or there is no vault yet. */
  notFound: 3,
  /** Passphrase refused or not given, keychain silent. */
  noKeys: 4,
  /** The clock is off by so much that codes are refused. */
  clockOff: 5,
  clockNotChecked: 6,
  /** Another Twofold has the data open, and writes. */
  alreadyOpen: 7,
  /** A file, picture, link or secret that cannot be used. */
  refused: 8,
  /** The account, or the file that was to be written. */
  alreadyThere: 9,
  /** Several accounts fit where one is needed. */
  severalFit: 10,
  noClipboard: 11,
  /** The question was answered with no, or nobody was there to answer. */
  notConfirmed: 12,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface Terminal {
  /** Writes to standard output: results, and nothing else. */
  readonly print: (text: string) => void;
  /** Writes a sentence for the person to standard error. */
  readonly tell: (sentence: string) => void;
  /** Asks for a line; null where nobody is there to ask. */
  readonly ask: (question: string) => Promise<string | null>;
  /** The same without showing what is typed. */
  readonly askSecret: (question: string) => Promise<string | null>;
  /** Resolves when the user or the system asks the program to end. */
  readonly ended: () => Promise<void>;
  /** Keeps the program running until the answered function is called. */
  readonly stayAwake: () => () => void;
  /** Calls `work` at each Enter while somebody is there; answers whether there is. */
  readonly onEnter: (work: () => void) => boolean;
}

export interface Surroundings {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly keychain: KeyStore;
  readonly passwords: PasswordStore;
  /** The variables of the environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Throws CommandFailed where this session has no clipboard that can be reached. */
  readonly openClipboard: () => Clipboard;
  /** The folder of all data. */
  readonly home: string;
  readonly version: string;
  /** The folder of the built renderer. */
  readonly pages: string;
}

/** One option of a command, as the parser, the help and the completions need it. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** What stands for its value in the help. */
  readonly value?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** Its value is a path. */
  readonly isPath?: boolean;
  readonly explains: string;
}
export type Options = Readonly<Record<string, Option>>;

export interface CompletedWords {
  readonly words: readonly string[];
  /** Paths too, and as many as one likes; absent: one of the words. */
  readonly orPaths?: true;
}

export interface Command {
  /** What `twofold <command> --help` prints. */
  readonly help: string;
  readonly options: Options;
  /** What its arguments are, for completions: paths, words, or nothing that could be known. */
  readonly completes: 'paths' | 'nothing' | CompletedWords;
  /** Throws WrongUsage or CommandFailed, or TwofoldError for what cannot be done. */
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;
}

/** The arguments do not fit; the message says which. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** The command ends here; the message is for the person. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
