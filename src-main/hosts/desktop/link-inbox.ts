// Where otpauth links come in: the arguments of a start, a second start, and macOS's own event.
import { app } from 'electron';
import { incomingLink, linkInArguments } from './incoming-links.ts';

/** Where links go; until the app has started, the newest waits. */
export interface LinkInbox {
  /** Hands over what waits, and then each new one. */
  readonly receive: (take: (link: string) => void) => void;
}

/** Call before ready: macOS tells of the link that the app was started for at once. */
export function listenForLinks(): LinkInbox {
  let waiting = linkInArguments(process.argv.slice(1));
  let take: ((link: string) => void) | null = null;
  const offer = (link: string | null): void => {
    if (link === null) return;
    if (take === null) waiting = link;
    else take(link);
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    offer(incomingLink(url));
  });
  app.on('second-instance', (_event, argv) => offer(linkInArguments(argv.slice(1))));
  return {
    receive(next) {
      take = next;
      const first = waiting;
      waiting = null;
      offer(first);
    },
  };
}
