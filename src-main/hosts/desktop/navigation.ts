// Keeps every page where it is: no navigation, no new windows, no web views; links go through the one door out.
// Windows, and the frames that the rehearsal has in them, show our own page alone.
import { app } from 'electron';
import { isOwnPage } from '../own-origin.ts';
import { openExternally } from './safe-external.ts';

/** Applies to all web contents that are ever created. */
export function confineNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternally(url);
      return { action: 'deny' };
    });
  });
}
