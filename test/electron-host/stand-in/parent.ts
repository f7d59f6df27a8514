// The link from the stand-in to the window server, which started this process.
import type { Answers, Link } from '../link.ts';
import { openLink } from '../link.ts';

const answers: Record<string, (body: unknown) => unknown> = {};

export const parent: Link = openLink(
  {
    send: (message) => process.send?.(message),
    listen: (listener) => process.on('message', listener),
  },
  answers,
);

/** Adds answers to questions of the window server. */
export function answerParent(added: Answers): void {
  Object.assign(answers, added);
}
