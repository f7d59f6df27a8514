// Who may call main: the main frame of a window of ours that shows our own origin. Free of electron.
import { isOwnAddress } from '../own-origin.ts';

/** What the check needs to know of a frame; Electron's WebFrameMain fits. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

export interface Sender {
  /** The web contents belong to a window that this host opened and that is not yet closed. */
  readonly isKnownWindow: boolean;
  /** Null once the frame has navigated or was destroyed. */
  readonly frame: SenderFrame | null;
}

/** True for our own windows only; anything in doubt is refused. */
export const isOwnSender = ({ isKnownWindow, frame }: Sender): boolean =>
  isKnownWindow && frame !== null && frame.parent === null && isOwnAddress(frame.url);
