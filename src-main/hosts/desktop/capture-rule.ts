// Who may take a picture of the screen: our own page, after a click, without sound. Free of electron.
import { isOwnSender, type Sender } from './sender-check.ts';

export interface CaptureQuestion extends Sender {
  readonly videoRequested: boolean;
  readonly audioRequested: boolean;
  readonly userGesture: boolean;
}

export const mayCapture = (question: CaptureQuestion): boolean =>
  isOwnSender(question) && question.videoRequested && !question.audioRequested && question.userGesture;

export interface CaptureSource {
  readonly id: string;
  readonly display_id: string;
}

/**
 * The screen that the window is on, else the first. On Wayland the system has asked the user already, and there is one.
 * Undefined: the user chose none, or the system lets nobody see its screens.
 */
export const sourceFor = <S extends CaptureSource>(sources: readonly S[], displayId: number): S | undefined =>
  sources.find((source) => source.display_id === String(displayId)) ?? sources[0];
