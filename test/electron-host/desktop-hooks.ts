// What a test does to the desktop around the windows of the stand-in, and sees of it.
import { z } from 'zod';
import type { Link } from './link.ts';
import type { CaptureQuestion } from './messages.ts';

export interface WindowFact {
  readonly title: string;
  readonly isVisible: boolean;
  /** Kept out of what other programs record. */
  readonly isProtected: boolean;
}

export interface DesktopHooks {
  /** The labels of the tray's menu, `-` for a line; null: there is no tray icon. */
  tray(): Promise<readonly string[] | null>;
  pressTray(label: string): Promise<void>;
  /** Presses keys anywhere in the system. False: the app has not taken them. */
  pressKeys(accelerator: string): Promise<boolean>;
  /** Whether the app has taken the keys. */
  hasKeys(accelerator: string): Promise<boolean>;
  /** Another program takes the keys first. */
  takeKeys(accelerator: string): Promise<void>;
  power(event: 'suspend' | 'resume' | 'lock-screen'): Promise<void>;
  /** macOS hands the running app a link. */
  openUrl(link: string): Promise<void>;
  windows(): Promise<readonly WindowFact[]>;
  /** The user turns to another program. */
  blur(): Promise<void>;
  /** The page of the window with this title breaks down. */
  crash(title: string): Promise<void>;
  /** A page calls getDisplayMedia: the id of the screen that it gets to see, or null. */
  capture(question: CaptureQuestion): Promise<string | null>;
  /** Whether the page of the focused window may use the camera or the microphone now. */
  mayUse(media: 'video' | 'audio'): Promise<boolean>;
  /** What the next file dialog answers; null: cancelled. */
  answerDialog(path: string | null): Promise<void>;
  /** The message boxes so far. */
  messages(): Promise<readonly string[]>;
}

const Windows = z.array(z.object({ title: z.string(), isVisible: z.boolean(), isProtected: z.boolean() }));
const done = async (asked: Promise<unknown>): Promise<void> => {
  await asked;
};
const Labels = z.array(z.string()).nullable();

export const desktopHooks = (ask: Link['ask']): DesktopHooks => ({
  tray: async () => Labels.parse(await ask('desktop:tray')),
  pressTray: (label) => done(ask('desktop:press-tray', label)),
  pressKeys: async (accelerator) => z.boolean().parse(await ask('desktop:press-keys', accelerator)),
  hasKeys: async (accelerator) => z.boolean().parse(await ask('desktop:has-keys', accelerator)),
  takeKeys: (accelerator) => done(ask('desktop:take-keys', accelerator)),
  power: (event) => done(ask('desktop:power', event)),
  openUrl: (url) => done(ask('desktop:open-url', url)),
  windows: async () => Windows.parse(await ask('desktop:windows')),
  blur: () => done(ask('desktop:blur')),
  crash: (title) => done(ask('desktop:crash', title)),
  capture: async (question) =>
    z
      .string()
      .nullable()
      .parse(await ask('desktop:capture', question)),
  mayUse: async (media) => {
    const asked = { asked: [{ permission: 'media', media: [media] }], url: 'app://twofold/index.html' };
    return z.array(z.boolean()).parse(await ask('permissions', asked))[0] === true;
  },
  answerDialog: (path) => done(ask('desktop:answer-dialog', path)),
  messages: async () => z.array(z.string()).parse(await ask('desktop:messages')),
});
