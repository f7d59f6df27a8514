// Settings and notices: what the program keeps about itself, apart from accounts and users. No secrets.
import { Low, type Adapter } from 'lowdb';
import { z } from 'zod';
import { Notice, Settings, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import { DEFAULT_TIME_FALLBACKS, DEFAULT_TIME_SERVERS } from '../clock/default-sources.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import { jsonFile, type Migration } from '../storage/json-file.ts';

const PreferencesDocument = z.strictObject({
  settings: Settings,
  notices: z.array(Notice).max(100),
});
type PreferencesDocument = z.infer<typeof PreferencesDocument>;

/** What version 2 added to the settings, as it is where nothing was chosen. */
const SETTINGS_OF_VERSION_2 = {
  density: 'comfortable',
  hidesCodes: false,
  accountOrder: 'manual',
  correctsClock: false,
  locksAfterMinutes: 5,
  locksWithSystem: true,
  protectsContent: true,
  startsAtLogin: false,
  staysInTray: false,
  quickCopyKeys: null,
} as const;

const Version1 = z.looseObject({ settings: z.looseObject({}) });

/** Migration n (from 1) lifts version n to n + 1. Never changed once released. */
const migrations: readonly Migration[] = [
  (content) => {
    const older = Version1.parse(content);
    return { ...older, settings: { ...SETTINGS_OF_VERSION_2, ...older.settings } };
  },
];

const defaults = (): PreferencesDocument => ({
  settings: {
    ...SETTINGS_OF_VERSION_2,
    theme: 'system',
    timeServers: [...DEFAULT_TIME_SERVERS],
    timeFallbacks: [...DEFAULT_TIME_FALLBACKS],
  },
  notices: [],
});

/** Holds the document in memory; every change is durable before it is visible. */
export class Preferences {
  readonly #low: Low<PreferencesDocument>;

  private constructor(low: Low<PreferencesDocument>) {
    this.#low = low;
  }

  static async open(adapter: Adapter<PreferencesDocument>): Promise<Preferences> {
    const low = new Low(adapter, defaults());
    await low.read();
    return new Preferences(low);
  }

  get settings(): Settings {
    return this.#low.data.settings;
  }

  get notices(): readonly Notice[] {
    return this.#low.data.notices;
  }

  async saveSettings(settings: Settings): Promise<Settings> {
    await this.#change({ ...this.#low.data, settings });
    return settings;
  }

  /** Keeps a notice until it is dismissed, in the place of one with the same id; beyond 100 the oldest go. */
  async addNotice(notice: Notice): Promise<void> {
    const others = this.#low.data.notices.filter(({ id }) => id !== notice.id);
    await this.#change({ ...this.#low.data, notices: [...others, notice].slice(-100) });
  }

  /** Takes back a notice that no longer holds, where it is still there. */
  async withdrawNotice(id: string): Promise<void> {
    const notices = this.#low.data.notices.filter((notice) => notice.id !== id);
    if (notices.length < this.#low.data.notices.length) await this.#change({ ...this.#low.data, notices });
  }

  async dismissNotice(id: string): Promise<void> {
    const notices = this.#low.data.notices.filter((notice) => notice.id !== id);
    if (notices.length === this.#low.data.notices.length) {
      throw new TwofoldError('not-found', 'That notice is gone already.');
    }
    await this.#change({ ...this.#low.data, notices });
  }

  async #change(next: PreferencesDocument): Promise<void> {
    const before = this.#low.data;
    this.#low.data = next;
    try {
      await this.#low.write();
    } catch (error) {
      this.#low.data = before;
      throw error;
    }
  }
}

/** The settings and notices in that file, or the defaults where there is none. Throws `storage-failed`. */
export const openPreferences = (
  path: string,
  clock: Clock,
  onRecovered?: (event: RecoveryEvent) => void,
): Promise<Preferences> =>
  Preferences.open(
    jsonFile({
      path,
      schema: PreferencesDocument,
      migrations,
      clock,
      ...(onRecovered === undefined ? {} : { onRecovered }),
    }),
  );
