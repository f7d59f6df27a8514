// Gives our own page a picture of the screen, for reading QR codes: desktopCapturer behind getDisplayMedia.
import {
  type BrowserWindow,
  desktopCapturer,
  type DesktopCapturerSource,
  screen,
  type Session,
  webContents,
} from 'electron';
import type { Clock } from '../../clock/clock.ts';
import { mayCapture, sourceFor } from './capture-rule.ts';
import type { Windows } from './windows.ts';

/** What is hidden is off the screen by then: one composition of the desktop later. */
const HIDDEN_AFTER_MS = 250;
/** Long enough for the page to have its one frame. */
const SHOWN_AFTER_MS = 1_500;
/** Where the system does not say which screens there are, the window must not stay away. */
const GIVEN_UP_AFTER_MS = 5_000;

export interface ScreenCaptureOptions {
  readonly session: Session;
  readonly windows: Pick<Windows, 'windowOf' | 'isProtected'>;
  readonly clock: Clock;
  /** Wayland: the system itself asks the user which screen or window it may show. */
  readonly isWayland: boolean;
}

/**
 * Starts answering. On macOS 15 and later the system's own picker asks, and this is not called; elsewhere it is the screen
 * that the window is on, and Twofold itself steps aside while the picture is taken, for it would cover the very code.
 */
export function serveScreenCapture({ session, windows, clock, isWayland }: ScreenCaptureOptions): void {
  const wait = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(delayMs, resolve);
    });

  const givenUp = (): Promise<undefined> => wait(GIVEN_UP_AFTER_MS).then(() => undefined);

  /** Takes the window out of the picture; answers how to put it back. */
  const stepAside = async (window: BrowserWindow): Promise<() => void> => {
    if (isWayland) return () => undefined;
    if (process.platform !== 'linux') {
      window.setContentProtection(true);
      await wait(HIDDEN_AFTER_MS);
      return () => {
        if (!window.isDestroyed()) window.setContentProtection(windows.isProtected);
      };
    }
    // The page goes on as if it were seen, or it would get no frame.
    window.webContents.setBackgroundThrottling(false);
    window.hide();
    await wait(HIDDEN_AFTER_MS);
    return () => {
      if (window.isDestroyed()) return;
      window.show();
      window.webContents.setBackgroundThrottling(true);
    };
  };

  const choose = async (window: BrowserWindow): Promise<DesktopCapturerSource | undefined> => {
    const sources = await desktopCapturer.getSources({
      types: isWayland ? ['screen', 'window'] : ['screen'],
      thumbnailSize: { width: 0, height: 0 },
    });
    return sourceFor(sources, screen.getDisplayMatching(window.getBounds()).id);
  };

  session.setDisplayMediaRequestHandler(
    (request, answer) => {
      const { frame, videoRequested, audioRequested, userGesture } = request;
      const contents = frame === null ? undefined : webContents.fromFrame(frame);
      const window = contents === undefined ? undefined : windows.windowOf(contents);
      const question = { frame, videoRequested, audioRequested, userGesture };
      if (window === undefined || !mayCapture({ ...question, isKnownWindow: true })) {
        answer(null);
        return;
      }
      void (async () => {
        const putBack = await stepAside(window);
        const chosen = choose(window).catch(() => undefined);
        // On Wayland it is the user who is asked, and takes as long as it takes.
        const source = await (isWayland ? chosen : Promise.race([chosen, givenUp()]));
        clock.after(SHOWN_AFTER_MS, putBack);
        // Electron throws where the page has gone meanwhile.
        if (!window.isDestroyed()) answer(source === undefined ? null : { video: source });
      })();
    },
    { useSystemPicker: true },
  );
}
