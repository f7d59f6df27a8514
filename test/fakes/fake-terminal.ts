// A terminal for tests of the command line: keeps what was written, and answers what the test wants typed.
import type { Terminal } from '../../src-main/hosts/command-line/command.ts';

export class FakeTerminal implements Terminal {
  printed = '';
  told = '';
  /** How often a secret was asked for. */
  asked = 0;
  readonly #secret: string | null;

  /** `secret` is what the person types when asked; null: nobody is there. */
  constructor(secret: string | null = null) {
    this.#secret = secret;
  }

  readonly print = (text: string): void => {
    this.printed += text;
  };
  readonly tell = (sentence: string): void => {
    this.told += this.told === '' ? sentence : `\n${sentence}`;
  };
  readonly askSecret = (): Promise<string | null> => {
    this.asked += 1;
    return Promise.resolve(this.#secret);
  };
  readonly ended = (): Promise<void> => Promise.resolve();
  readonly onEnter = (): boolean => false;
}
