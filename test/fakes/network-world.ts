// A network host as `twofold serve --listen` has it, over TLS with a certificate of its own, for tests on loopback.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { readNetwork } from '../../src-main/hosts/network/client-address.ts';
import { createLog } from '../../src-main/hosts/network/log.ts';
import { Metrics } from '../../src-main/hosts/network/metrics.ts';
import { type NetworkHost, startNetworkHost } from '../../src-main/hosts/network/network-host.ts';
import { certifiedAddress, namedAddress } from '../../src-main/hosts/network/public-address.ts';
import { ReadinessProbe } from '../../src-main/hosts/network/readiness.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { type NetworkServices, startNetworkServices } from '../../src-main/network-services.ts';
import { MemoryPasswordStore } from '../../src-main/secrets/memory-password-store.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { startServices } from '../../src-main/services.ts';
import { encodeWire } from '../../src-shared/wire.ts';
import { type Answer, pageHeaders, type RawRequest, send } from './loopback-page.ts';

export const ORGANIZATION = {
  organization: 'Northwind',
  displayName: 'Maria Keller',
  userName: 'maria.keller',
  password: 'glass otter 42 lantern',
};

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** A new self-signed certificate for localhost and 127.0.0.1, with names of its own where some are given. */
export function makeCertificate(folder: string, names = 'DNS:localhost,IP:127.0.0.1'): Certificate {
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', `subjectAltName=${names}`],
    ...['-keyout', keyFile, '-out', certFile],
  ]);
  if (made.status !== 0) throw new Error(`openssl: ${String(made.stderr)}`);
  return { certFile, keyFile };
}

/** A browser without anything, for what is done where the data lies. */
function bareCaller(): Caller {
  const slots = new Map<string, string>();
  return {
    browser: {
      name: 'Chromium on Linux',
      read: (slot) => slots.get(slot),
      write: (slot, value) => void slots.set(slot, value),
      clear: (slot) => void slots.delete(slot),
    },
  };
}

export interface WorldOptions {
  /** Behind a proxy at these addresses, in plain HTTP; absent: TLS. */
  readonly proxies?: readonly string[];
  readonly passwordsPerMinute?: number;
  readonly hasOrganization?: boolean;
}

export interface NetworkWorld {
  readonly clock: VirtualClock;
  readonly metrics: Metrics;
  readonly readiness: ReadinessProbe;
  readonly host: NetworkHost;
  readonly services: NetworkServices;
  /** Where it listens, which is not always what browsers show. */
  readonly listens: string;
  /** Everything that was logged, as lines. */
  readonly log: string[];
  readonly send: (request: RawRequest) => Promise<Answer>;
  /** A call as a page of ours makes it; more headers, or others, where some are given. */
  readonly call: (method: string, input: unknown, headers?: RawRequest['headers']) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** Creates the organization where the data lies, as an administrator does before the first node is started. */
async function createOrganization(home: string, clock: VirtualClock, keychain: MemoryKeyStore) {
  // No time servers: nothing is asked outside.
  const settings = { theme: 'system', timeServers: [], timeFallbacks: [] };
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(home, 'preferences.json'),
    JSON.stringify({ version: 1, content: { settings, notices: [] } }),
  );
  const services = await startServices({
    host: 'test',
    home,
    version: '0.0.0',
    clock,
    keychain,
    openBrowser: () => Promise.resolve({ url: null }),
    onFault: (method, frames) => {
      throw new Error(`${method}: ${frames}`);
    },
  });
  const made = await services.router('console:createOrganization', ORGANIZATION, bareCaller());
  await services.close();
  if (!made.ok) throw new Error(made.error.message);
}

export const PUBLIC_NAME = 'https://console.example';

export async function startNetworkWorld({
  proxies,
  passwordsPerMinute = 1_000,
  hasOrganization = true,
}: WorldOptions = {}): Promise<NetworkWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-network-'));
  const [home, pages] = [join(folder, 'data'), join(folder, 'pages')];
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Twofold</title>');
  writeFileSync(join(pages, 'console.html'), '<!doctype html><title>Service console</title>');
  writeFileSync(join(pages, 'assets', 'main.js'), 'export {};');
  const clock = new VirtualClock(Date.UTC(2026, 10, 24, 9, 0, 0));
  const keychain = new MemoryKeyStore();
  if (hasOrganization) await createOrganization(home, clock, keychain);

  const lines: string[] = [];
  const log = createLog(clock, (line) => lines.push(line));
  const metrics = new Metrics();
  const services = await startNetworkServices({
    home,
    clock,
    keychain,
    passwords: new MemoryPasswordStore(),
    variables: {},
    onKeyFault: (sentence) => log('warning', 'key', { sentence }),
    passphrase: () => Promise.resolve(null),
    aroundHasher: (hasher) => metrics.measured(hasher),
    onAudited: metrics.countEvent,
    onRecovered: (sentence) => log('warning', 'recovered', { sentence }),
    onFault: (method, frames) => log('error', 'fault', { where: method, frames }),
  });
  const readiness = new ReadinessProbe({
    clock,
    checks: { keys: () => services.findKey(), database: () => services.hasOrganization() },
  });
  const { certFile, keyFile } = makeCertificate(folder);
  const tls = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  const host = await startNetworkHost({
    router: services.router,
    programs: services.programs,
    events: services.events,
    clock,
    pages,
    host: '127.0.0.1',
    port: 0,
    ...(proxies === undefined ? { tls } : {}),
    addressOf: (port) =>
      proxies === undefined ? certifiedAddress(tls.cert, port) : namedAddress(PUBLIC_NAME),
    proxies: proxies?.map(readNetwork) ?? null,
    passwordsPerMinute,
    readiness,
    metrics,
    log,
  });
  metrics.watch({
    pool: services.pool,
    streams: host.streams,
    isReady: async () => (await readiness.ask()).isReady,
  });
  const listens = `${proxies === undefined ? 'https' : 'http'}://127.0.0.1:${host.port}`;
  const ask = ({ headers = {}, ...request }: RawRequest): Promise<Answer> =>
    send(listens, { ...request, headers: { host: host.address.hosts[0], ...headers } });
  return {
    clock,
    metrics,
    readiness,
    host,
    services,
    listens,
    log: lines,
    send: ask,
    call: (method, input, headers = {}) =>
      ask({
        method: 'POST',
        path: `/call/${method}`,
        headers: { ...pageHeaders(host.address.origin), ...headers },
        body: encodeWire(input),
      }),
    close: async () => {
      await host.close();
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
