// The OS keychain, through keytar: loaded lazily, never waited for without end, and told why it cannot be had.
import type { Clock } from '../clock/clock.ts';

const SERVICE = 'Twofold';
const TIMEOUT_MS = 20_000;

/** The part of keytar that is used here. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainOptions {
  readonly clock: Clock;
  readonly service?: string;
  /** How long one call may take; keytar itself waits for ever, for instance on a prompt that nobody sees. */
  readonly timeoutMs?: number;
  readonly platform?: NodeJS.Platform;
  readonly load?: () => Promise<unknown>;
}

// Not a literal in import(): an optional dependency, which need not be there for the types to be checked.
const KEYTAR_MODULE: string = 'keytar';

const loadKeytar = async (): Promise<unknown> => {
  const module: unknown = await import(KEYTAR_MODULE);
  return module;
};

const isKeytar = (value: unknown): value is Keytar =>
  typeof value === 'object' &&
  value !== null &&
  ['getPassword', 'setPassword', 'deletePassword'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  );

/** A plain sentence for what keytar or the loading of it failed with. */
export function reasonFor(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code))) {
    return 'The part that speaks to the OS keychain (keytar) is not installed.';
  }
  if (/dlopen|shared object|NODE_MODULE_VERSION|keytar\.node/i.test(message)) {
    return 'The part that speaks to the OS keychain (keytar) does not load on this computer.';
  }
  if (/D-?Bus/i.test(message)) return 'No keychain service answers: this session has no D-Bus.';
  if (/locked/i.test(message)) return 'The OS keychain is locked.';
  if (/Object does not exist|No such (secret )?(collection|object)/i.test(message)) {
    return 'The OS keychain is locked, or has no keyring yet.';
  }
  return `The OS keychain does not answer: ${message.split('\n', 1)[0]?.slice(0, 200) ?? ''}.`.replace(
    '..',
    '.',
  );
}

export class Keychain {
  readonly service: string;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #load: () => Promise<unknown>;

  constructor({ clock, service, timeoutMs, load }: KeychainOptions) {
    this.#clock = clock;
    this.service = service ?? SERVICE;
    this.#timeoutMs = timeoutMs ?? TIMEOUT_MS;
    this.#load = load ?? loadKeytar;
  }

  /** Throws what keytar or the loading of it fails with: see `reasonFor`. */
  async call<T>(work: (keytar: Keytar) => Promise<T>): Promise<T> {
    let cancel = (): void => undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      cancel = this.#clock.after(this.#timeoutMs, () => {
        const seconds = Math.round(this.#timeoutMs / 1000);
        reject(new Error(`no answer within ${seconds} seconds; a prompt to unlock it may be waiting`));
      });
    });
    try {
      return await Promise.race([this.#keytar().then(work), timeout]);
    } finally {
      cancel();
    }
  }

  async #keytar(): Promise<Keytar> {
    const module = await this.#load();
    // A CommonJS module: Node shows only some of its members as named exports.
    const candidates = [
      module,
      typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : null,
    ];
    const found = candidates.find(isKeytar);
    if (found === undefined) throw new Error('keytar.node has none of the expected functions');
    return found;
  }
}
