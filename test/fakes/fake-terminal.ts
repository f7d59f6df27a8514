// A terminal for tests of the command line: keeps what was written, and answers what the test wants typed.
import type { Terminal } from '../../src-main/hosts/command-line/command.ts';

export class FakeTerminal implements Terminal {
  printed = '';
  told = '';
  /** How often a secret was asked for. */
  asked = 0;
  /** All questions, in order. */
  readonly questions: string[] = [];
  /** What the person answers to questions that are no secret; null: nobody is there. */
  answer: string | null = null;
  /** Settles when the test wants the program to end. */
  end: Promise<void> = Promise.resolve();
  readonly #secrets: (string | null)[];

  /** `secrets` is what the person types when asked, the last one again and again; null: nobody is there. */
  constructor(secrets: string | null | readonly string[] = null) {
    this.#secrets = typeof secrets === 'object' && secrets !== null ? [...secrets] : [secrets];
  }

  readonly print = (text: string): void => {
    this.printed += text;
  };
  readonly tell = (sentence: string): void => {
    this.told += this.told === '' ? sentence : `\n${sentence}`;
  };
  readonly ask = (question: string): Promise<string | null> => {
    this.questions.push(question);
    return Promise.resolve(this.answer);
  };
  readonly askSecret = (question: string): Promise<string | null> => {
    this.questions.push(question);
    this.asked += 1;
    const [secret = null] = this.#secrets;
    if (this.#secrets.length > 1) this.#secrets.shift();
    return Promise.resolve(secret);
  };
  readonly ended = (): Promise<void> => this.end;
  readonly stayAwake = (): (() => void) => () => undefined;
  readonly onEnter = (): boolean => false;
}
