// `twofold serve --listen`: the console alone, for other people's browsers, from the first word to the last write.
import { readFile } from 'node:fs/promises';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { namedKeyPlace } from '../../console/key-place.ts';
import { chooseDatabase } from '../../console/postgres/choose-database.ts';
import { type NetworkPorts, startNetworkServices } from '../../network-services.ts';
import type { WebServerOptions } from '../http/web-server.ts';
import { createLog } from '../network/log.ts';
import { Metrics } from '../network/metrics.ts';
import { startMetricsServer } from '../network/metrics-server.ts';
import { startNetworkHost } from '../network/network-host.ts';
import { certifiedAddress, type PublicAddress } from '../network/public-address.ts';
import { ReadinessProbe } from '../network/readiness.ts';
import type { Surroundings } from './command.ts';
import type { NetworkWish, Place } from './network-options.ts';
import { passphraseSource } from './secret-source.ts';

async function readPem(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new TwofoldError('invalid-input', `${path} cannot be read.`, undefined, error);
  }
}

const textOf = ({ host, port }: Place): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Runs until the user or the system ends it. Throws TwofoldError where it cannot start. */
export async function serveNetworkUntilEnd(
  surroundings: Surroundings,
  wish: NetworkWish,
  passphraseFd: string | undefined,
): Promise<void> {
  const { terminal, clock, keychain, passwords, variables, home, version, pages } = surroundings;
  // From here on Ctrl-C closes what was opened, also while it is still being opened.
  const ended = terminal.ended();
  const log = createLog(clock, terminal.tell);
  const metrics = new Metrics();
  const { publicName } = wish;
  const tls: WebServerOptions['tls'] =
    wish.tls === null ? undefined : { cert: await readPem(wish.tls.cert), key: await readPem(wish.tls.key) };
  const addressOf = (port: number): PublicAddress =>
    publicName ?? certifiedAddress(tls?.cert ?? new Uint8Array(), port);
  // A certificate that cannot be used is told before anything is opened.
  addressOf(wish.listen.port);
  const database = await chooseDatabase(variables, passwords);
  const consoleKey = await namedKeyPlace(variables);
  const ports: NetworkPorts = {
    ...(database === null ? {} : { database }),
    ...(consoleKey === null ? {} : { consoleKey }),
    onKeyFault: (sentence) => log('warning', 'key', { sentence }),
    passwords,
    variables,
    home,
    clock,
    keychain,
    passphrase: passphraseSource(terminal, passphraseFd),
    aroundHasher: (hasher) => metrics.measured(hasher),
    onAudited: metrics.countEvent,
    onRecovered: (sentence) => log('warning', 'recovered', { sentence }),
    onFault: (method, frames) => log('error', 'fault', { where: method, frames }),
  };
  const services = await startNetworkServices(ports);
  const closers: (() => Promise<void>)[] = [() => services.close()];
  try {
    const readiness = new ReadinessProbe({
      clock,
      checks: { keys: () => services.findKey(), database: () => services.hasOrganization() },
    });
    const host = await startNetworkHost({
      router: services.router,
      programs: services.programs,
      events: services.events,
      clock,
      pages,
      ...wish.listen,
      ...(tls === undefined ? {} : { tls }),
      addressOf,
      proxies: wish.proxies,
      passwordsPerMinute: wish.passwordsPerMinute,
      readiness,
      metrics,
      log,
    });
    closers.push(() => host.close());
    metrics.watch({
      pool: services.pool,
      streams: host.streams,
      isReady: async () => (await readiness.ask()).isReady,
    });
    if (wish.metrics !== null) {
      const server = await startMetricsServer({
        metrics,
        ...wish.metrics,
        clock,
        onFault: () => log('error', 'fault', { where: 'metrics' }),
      });
      closers.push(() => server.close());
    }
    await services.setAddress(host.address.origin);
    const listens = textOf({ ...wish.listen, port: host.port });
    log('info', 'started', {
      version,
      listens,
      address: host.address.origin,
      store: services.database ?? 'folder',
    });
    if (!(await services.hasOrganization())) {
      log('warning', 'no-organization', {
        sentence:
          'There is no organization yet, so nobody can sign in. Stop this node, create one with twofold serve (without --listen) on this computer, and start it again.',
      });
    }
    terminal.print(`Twofold offers the console at ${host.address.origin} (listening on ${listens})\n`);
    await ended;
    readiness.stop();
    log('info', 'stopping', { drainMs: wish.drainMs });
    await new Promise<void>((resolve) => void clock.after(wish.drainMs, resolve));
  } finally {
    for (const close of closers.reverse()) await close();
  }
  log('info', 'stopped');
}
