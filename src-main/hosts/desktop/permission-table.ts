// What a page may ask of the machine, as a plain table. Free of electron.
import { isOwnAddress } from '../own-origin.ts';

export interface PermissionQuestion {
  /** Electron's name of the permission. */
  readonly permission: string;
  /** The address or origin of whoever asks; empty where it is not known. */
  readonly requestingUrl: string;
  readonly isMainFrame: boolean;
  /** Of `media` and `display-capture`: `video`, `audio`, or whatever else is wanted. */
  readonly media: readonly string[];
  /** The window that asks has its scan screen open. */
  readonly isScanning: boolean;
}

type Rule = (question: PermissionQuestion) => boolean;

/** A picture and no sound; nothing named at all is in doubt, and refused. */
const onlyPicture: Rule = ({ media }) => media.length > 0 && media.every((kind) => kind === 'video');

const inMainFrame =
  (rule: Rule): Rule =>
  (question) =>
    question.isMainFrame && rule(question);

/** For our own origin alone. Whatever is not named here is denied. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  // Writing text to the clipboard after a click: "Copy secret", also in a simulated browser or device of the rehearsal,
  // which is a frame with our own page.
  ['clipboard-sanitized-write', () => true],
  // The camera, for as long as QR codes are read with it.
  ['media', inMainFrame((question) => question.isScanning && onlyPicture(question))],
  // A picture of the screen; screen-capture.ts decides once more, and which one.
  ['display-capture', inMainFrame(onlyPicture)],
]);

export function isPermitted(question: PermissionQuestion): boolean {
  const rule = rules.get(question.permission);
  return rule !== undefined && isOwnAddress(question.requestingUrl) && rule(question);
}
