// Contract: the program itself — which host it runs in, its keys, its settings and what it must tell the user.
import { z } from 'zod';
import { Id, method, Nothing, text, TimeMs } from './define.ts';

/** Where the 32-byte keys that seal the data are kept, and whether they can be had now. */
export const KeyState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), protection: z.enum(['keychain', 'passphrase']) }),
  /** First start without an OS keychain: a passphrase must be chosen. `reason` says why there is no keychain. */
  z.strictObject({ kind: z.literal('choose-passphrase'), reason: z.string() }),
  /** Data is protected by a passphrase, which must be entered. */
  z.strictObject({ kind: z.literal('enter-passphrase'), reason: z.string() }),
  /** The keychain that holds the keys does not answer. Nothing was overwritten; try again. */
  z.strictObject({ kind: z.literal('keychain-unavailable'), reason: z.string() }),
  /** The keychain answers, but the key is gone or is another one. Data is kept as it is. */
  z.strictObject({ kind: z.literal('key-missing'), reason: z.string() }),
]);
export type KeyState = z.infer<typeof KeyState>;

/** Something that happened to the user's data and must be told until dismissed, for instance a damaged file set aside. */
export const Notice = z.strictObject({
  id: Id,
  atMs: TimeMs,
  severity: z.enum(['info', 'attention', 'wrong']),
  message: z.string(),
});
export type Notice = z.infer<typeof Notice>;

/** Of a passphrase, and of the password of a backup or an encrypted export. */
export const PASSPHRASE_MIN_CHARACTERS = 8;

export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

export const AccountOrder = z.enum(['manual', 'name', 'recent', 'frequent']);
export type AccountOrder = z.infer<typeof AccountOrder>;

export const Settings = z.strictObject({
  theme: Theme,
  density: z.enum(['comfortable', 'compact']),
  /** Codes are dots until pointed at, focused or revealed. */
  hidesCodes: z.boolean(),
  /** Pinned accounts come first in each of them. */
  accountOrder: AccountOrder,
  /** Codes go by the checked time where this computer's clock is off. */
  correctsClock: z.boolean(),
  /** Minutes without a key or a pointer until Twofold locks; 0: never. Only with a passphrase. */
  locksAfterMinutes: z.number().int().min(0).max(1_440),
  /** Also when the system locks its screen or goes to sleep (desktop). */
  locksWithSystem: z.boolean(),
  /** Keeps other programs from recording the windows: macOS and Windows, a deterrent only. */
  protectsContent: z.boolean(),
  /** Desktop: starts with the user's session, stays in the tray when its window is closed. */
  startsAtLogin: z.boolean(),
  staysInTray: z.boolean(),
  /** Desktop: the keys that open the quick-copy window from anywhere, as Electron writes them; null: none. */
  quickCopyKeys: text(100).nullable(),
  /** NTP servers as host or host:port, asked in parallel; the best answer counts. */
  timeServers: z.array(text(255)).max(8),
  /** HTTPS addresses whose Date header is the fallback. */
  timeFallbacks: z.array(text(500)).max(8),
});
export type Settings = z.infer<typeof Settings>;

export const AppStatus = z.strictObject({
  /** `rehearsal`: a simulated browser or device. */
  host: z.enum(['desktop', 'loopback', 'rehearsal', 'test']),
  version: z.string(),
  platform: z.string(),
  /** The folder that holds the data, for the user to find. */
  dataFolder: z.string(),
  keys: KeyState,
  notices: z.array(Notice),
  settings: Settings,
  /** Desktop: why the keys for the quick-copy window do not work; null while they do, or where there are none. */
  quickCopyFault: z.string().nullable(),
});
export type AppStatus = z.infer<typeof AppStatus>;

export const app = {
  'app:status': method('local', Nothing, AppStatus),
  'app:choosePassphrase': method('local', z.strictObject({ passphrase: text(1024) }), KeyState),
  'app:enterPassphrase': method('local', z.strictObject({ passphrase: text(1024) }), KeyState),
  /** Asks the OS keychain again. */
  'app:retryKeys': method('local', Nothing, KeyState),
  /** Moves the keys to the other protection; explicit, never automatic. `passphrase` is the new or the present one. */
  'app:moveKeys': method(
    'local',
    z.strictObject({ to: z.enum(['keychain', 'passphrase']), passphrase: text(1024) }),
    KeyState,
  ),
  /** Wipes the keys from memory and shows the lock screen. Throws `conflict` where there is no passphrase. */
  'app:lock': method('local', Nothing, KeyState),
  /** The user did something: the time until the lock begins anew. Called now and then, not at each key. */
  'app:active': method('local', Nothing, Nothing),
  /** Throws `passphrase-refused` (details.field `present` or `next`). */
  'app:changePassphrase': method(
    'local',
    z.strictObject({ present: text(1024), next: text(1024) }),
    KeyState,
  ),
  /** The screen that reads QR codes with the camera was opened or closed: only meanwhile may the page use it. */
  'app:useCamera': method('local', z.strictObject({ isOpen: z.boolean() }), Nothing),
  'app:dismissNotice': method('local', z.strictObject({ id: Id }), Nothing),
  'app:saveSettings': method('local', Settings, Settings),
  /**
   * Another browser for the console, without this one's session and trust. Desktop: opens a window with a browser
   * profile of its own and answers url null. Loopback: answers a one-time link to open in another browser.
   */
  'app:openBrowser': method('local', Nothing, z.strictObject({ url: z.string().nullable() })),
} as const;

export const appEvents = { 'app:changed': Nothing } as const;
