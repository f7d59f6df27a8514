// otpauth links that the system hands over: which are let in, and how they wait until they can be shown. Free of
// electron. A link holds a secret: it is written nowhere, and nothing here keeps more than the newest.

/** A migration link of ten accounts with long names stays far below. */
const MAX_LINK_CHARACTERS = 8_000;

/** The schemes, as the system registers them. */
export const LINK_SCHEMES = ['otpauth', 'otpauth-migration'] as const;

/** The link, or null: not one of ours. What it holds is looked at by whoever reads it. */
export function incomingLink(text: string): string | null {
  if (text.length > MAX_LINK_CHARACTERS) return null;
  // On one line: a line break would begin a second link.
  return /^otpauth(-migration)?:\/\/[^\p{Cc}\p{Zl}\p{Zp}]+$/iu.test(text) ? text : null;
}

/** The last link among the arguments of a start, or null. */
export const linkInArguments = (argv: readonly string[]): string | null =>
  argv.map(incomingLink).findLast((link) => link !== null) ?? null;

/** Holds the newest link until there is a page that can show its accounts; an older one that still waits is dropped. */
export class IncomingLinks {
  readonly #open: (link: string) => void;
  #waiting: string | null = null;
  #canShow = false;

  /** `open` reads a link; it is called only while `canShow`. */
  constructor(open: (link: string) => void) {
    this.#open = open;
  }

  offer(link: string): void {
    this.#waiting = link;
    this.#handOver();
  }

  /** A page shows accounts, or none does any more. */
  setCanShow(canShow: boolean): void {
    this.#canShow = canShow;
    this.#handOver();
  }

  #handOver(): void {
    const link = this.#waiting;
    if (link === null || !this.#canShow) return;
    this.#waiting = null;
    this.#open(link);
  }
}
