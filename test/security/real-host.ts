// Everything real but the clock and the keychain: services, files and HTTP as `twofold serve` has them, for attacks.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { z } from 'zod';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { readCookiePrefix } from '../../src-main/hosts/loopback/instance-prefix.ts';
import { type LoopbackHost, startLoopbackHost } from '../../src-main/hosts/loopback/loopback-host.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { startServices } from '../../src-main/services.ts';
import {
  Failure,
  type Input,
  type MethodName,
  methods,
  type Output,
} from '../../src-shared/contract/index.ts';
import { decodeWire, encodeWire } from '../../src-shared/wire.ts';
import { type Answer, pageHeaders, send } from '../fakes/loopback-page.ts';

const Envelope = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: Failure }),
]);

/** An answer as it went over the wire, and which kinds of secret it is there to hand out. */
export interface RecordedAnswer {
  readonly what: string;
  readonly text: string;
  readonly mayHold: readonly string[];
}

export class RealHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'twofold-real-'));
  readonly home = join(this.folder, 'data');
  readonly clock = new VirtualClock(Date.UTC(2026, 10, 24, 9, 0, 0));
  readonly keychain = new MemoryKeyStore();
  readonly answers: RecordedAnswer[] = [];
  /** Everything that the program would write to stderr. */
  readonly log: string[] = [];
  #host: LoopbackHost | null = null;
  #stop: () => Promise<void> = () => Promise.resolve();

  constructor() {
    mkdirSync(this.home, { mode: 0o700 });
    mkdirSync(join(this.folder, 'Downloads'));
    mkdirSync(join(this.folder, 'pages'));
    writeFileSync(join(this.folder, 'pages', 'index.html'), '<!doctype html><title>Twofold</title>');
    // No time servers: nothing is asked outside.
    writeFileSync(
      join(this.home, 'preferences.json'),
      JSON.stringify({
        version: 1,
        content: { settings: { theme: 'system', timeServers: [], timeFallbacks: [] }, notices: [] },
      }),
    );
    // Exports go to the folder of downloads.
    vi.stubEnv('HOME', this.folder);
    vi.stubEnv('XDG_CONFIG_HOME', join(this.folder, '.config'));
  }

  get address(): string {
    if (this.#host === null) throw new Error('The host is not started.');
    return this.#host.address;
  }

  async start(): Promise<void> {
    const onFault = (where: string, error: string): void => {
      this.log.push(`Fault in ${where}: ${error}`);
    };
    const services = await startServices({
      host: 'loopback',
      home: this.home,
      version: '0.0.0',
      clock: this.clock,
      keychain: this.keychain,
      openBrowser: () => Promise.resolve({ url: null }),
      onFault,
    });
    const host = await startLoopbackHost({
      router: services.router,
      events: services.events,
      programs: services.programs,
      clock: this.clock,
      pages: join(this.folder, 'pages'),
      cookiePrefix: await readCookiePrefix(this.home),
      onFault: (where, error) => onFault(where, String(error)),
    });
    await services.setAddress(host.address);
    this.#host = host;
    this.#stop = async () => {
      await host.close();
      await services.close();
    };
  }

  async stop(): Promise<void> {
    await this.#stop();
    this.#stop = () => Promise.resolve();
    this.#host = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    vi.unstubAllEnvs();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A browser that has opened a printed address. */
  async browser(): Promise<RealBrowser> {
    const launchToken = this.#host?.newLaunchAddress().split('#launch=')[1] ?? '';
    const browser = new RealBrowser(this, launchToken);
    const answer = await browser.post('/launch', JSON.stringify({ token: launchToken }));
    if (answer.status !== 200) throw new Error(`Not launched: ${answer.status}`);
    return browser;
  }

  /** Every file below the folder, by its path. */
  files(): ReadonlyMap<string, Buffer> {
    const found = new Map<string, Buffer>();
    for (const entry of readdirSync(this.folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) found.set(path, readFileSync(path));
    }
    return found;
  }
}

/** Keeps cookies as a browser does. */
export class RealBrowser {
  readonly cookies = new Map<string, string>();
  /** Every value that this browser was ever told to keep, and the launch token. */
  readonly tokens: Set<string>;
  readonly #host: RealHost;

  constructor(host: RealHost, launchToken: string) {
    this.#host = host;
    this.tokens = new Set([launchToken]);
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async post(
    path: string,
    body: string,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Answer> {
    const { address } = this.#host;
    const answer = await send(address, {
      method: 'POST',
      path,
      headers: { ...pageHeaders(address), cookie: this.cookieHeader, ...headers },
      body,
    });
    this.#keep(answer);
    return answer;
  }

  /** The value, or the failure. `mayHold`: the kinds of secret that this answer is there to hand out. */
  async envelope<M extends MethodName>(
    method: M,
    input: Input<M>,
    mayHold: readonly string[] = [],
  ): Promise<{ readonly value: Output<M> } | { readonly failure: Failure }> {
    const answer = await this.post(`/call/${method}`, encodeWire(input));
    const { 'set-cookie': _tokens, ...headers } = answer.headers;
    this.#host.answers.push({
      what: method,
      text: `${JSON.stringify(headers)}\n${answer.body}`,
      mayHold,
    });
    const envelope = Envelope.parse(decodeWire(answer.body));
    if (!envelope.ok) return { failure: envelope.error };
    const isOutput = (value: unknown): value is Output<M> => methods[method].output.safeParse(value).success;
    if (!isOutput(envelope.value)) throw new Error(`The answer of ${method} breaks the contract.`);
    return { value: envelope.value };
  }

  async call<M extends MethodName>(
    method: M,
    input: Input<M>,
    mayHold: readonly string[] = [],
  ): Promise<Output<M>> {
    const answer = await this.envelope(method, input, mayHold);
    if ('failure' in answer) throw new Error(`${method}: ${answer.failure.message}`);
    return answer.value;
  }

  async refused<M extends MethodName>(method: M, input: Input<M>): Promise<Failure> {
    const answer = await this.envelope(method, input);
    if ('value' in answer) throw new Error(`${method} was not refused.`);
    return answer.failure;
  }

  #keep({ headers }: Answer): void {
    const set = headers['set-cookie'];
    for (const cookie of typeof set === 'string' ? [set] : (set ?? [])) {
      const [pair = ''] = cookie.split(';', 1);
      const equals = pair.indexOf('=');
      const value = pair.slice(equals + 1);
      if (value === '') this.cookies.delete(pair.slice(0, equals));
      else {
        this.cookies.set(pair.slice(0, equals), value);
        for (const token of decodeURIComponent(value).split(/[.:]/)) this.tokens.add(token);
      }
    }
  }
}
