// What one window holds for the console, as a web browser holds cookies. Free of electron.
import type { Clock } from '../../clock/clock.ts';
import type { Browser, BrowserSlot } from '../../ipc/caller.ts';

export interface HeldValue {
  readonly value: string;
  readonly expiresAtMs: number;
}

/** What outlives the window. `session` and `challenge` never do. */
export type KeptSlot = 'trust' | 'device';
export type KeptValues = Readonly<Partial<Record<KeptSlot, HeldValue>>>;

export interface BrowserProfileOptions {
  readonly name: string;
  readonly clock: Clock;
  /** What an earlier run kept. */
  readonly kept: KeptValues;
  /** Told of everything to keep whenever it changes. */
  readonly onKeptChanged: (kept: KeptValues) => void;
}

const keptSlots: readonly KeptSlot[] = ['trust', 'device'];
const isKept = (slot: BrowserSlot): boolean => slot === 'trust' || slot === 'device';

/** The Browser port of the desktop: tokens stay in main, the page never sees them. */
export class BrowserProfile implements Browser {
  readonly name: string;
  readonly #clock: Clock;
  readonly #onKeptChanged: (kept: KeptValues) => void;
  readonly #held = new Map<BrowserSlot, HeldValue>();

  constructor({ name, clock, kept, onKeptChanged }: BrowserProfileOptions) {
    this.name = name;
    this.#clock = clock;
    this.#onKeptChanged = onKeptChanged;
    for (const slot of keptSlots) {
      const held = kept[slot];
      if (held !== undefined) this.#held.set(slot, held);
    }
  }

  read(slot: BrowserSlot): string | undefined {
    const held = this.#held.get(slot);
    return held === undefined || held.expiresAtMs <= this.#clock.nowMs() ? undefined : held.value;
  }

  write(slot: BrowserSlot, value: string, expiresAtMs: number): void {
    this.#held.set(slot, { value, expiresAtMs });
    this.#tellIfKept(slot);
  }

  clear(slot: BrowserSlot): void {
    if (this.#held.delete(slot)) this.#tellIfKept(slot);
  }

  /** The window was closed: forgets the session and a sign-in under way, as a browser does. */
  forgetSession(): void {
    this.#held.delete('session');
    this.#held.delete('challenge');
  }

  #tellIfKept(slot: BrowserSlot): void {
    if (!isKept(slot)) return;
    const trust = this.#held.get('trust');
    const device = this.#held.get('device');
    this.#onKeptChanged({
      ...(trust === undefined ? {} : { trust }),
      ...(device === undefined ? {} : { device }),
    });
  }
}

const systemNames: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows', linux: 'Linux' };

/** How this browser is named in lists and the audit, for instance "Twofold desktop on Linux". */
export const browserName = (platform: string): string =>
  `Twofold desktop on ${systemNames[platform] ?? platform}`;
