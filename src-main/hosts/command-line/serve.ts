// `twofold serve`: the loopback host, from the first word to the last write.
import { startLoopbackHost } from '../loopback/loopback-host.ts';
import { openInBrowser } from '../loopback/open-in-browser.ts';
import { readCookiePrefix } from '../loopback/instance-prefix.ts';
import { namedKeyPlace } from '../../console/key-place.ts';
import { isWrongKey } from '../../console/secret-sealer.ts';
import { chooseDatabase } from '../../console/postgres/choose-database.ts';
import { startServices } from '../../services.ts';
import { parseNumber } from './arguments.ts';
import { exitCodes, type Surroundings, WrongUsage } from './command.ts';
import { defineCommand } from './define-command.ts';
import { NETWORK_OPTIONS, readNetworkWish } from './network-options.ts';

interface ServeOptions {
  readonly port: number;
  readonly opensBrowser: boolean;
}

/** Runs until the user or the system ends it. Throws TwofoldError where it cannot start. */
async function serveUntilEnd(
  surroundings: Surroundings,
  { port, opensBrowser }: ServeOptions,
): Promise<void> {
  const { terminal, clock, keychain, passwords, variables, home, version, pages } = surroundings;
  // From here on Ctrl-C closes what was opened, also while it is still being opened.
  const ended = terminal.ended();
  const onFault = (where: string, frames: string): void => terminal.tell(`Fault in ${where}: ${frames}`);
  // Nobody can ask for another browser before there is a first.
  let newLaunchAddress = (): string | null => null;
  const database = await chooseDatabase(variables, passwords);
  const consoleKey = await namedKeyPlace(variables);
  const services = await startServices({
    ...(database === null ? {} : { database }),
    passwords,
    variables,
    ...(consoleKey === null ? {} : { consoleKey }),
    host: 'loopback',
    home,
    version,
    clock,
    keychain,
    openBrowser: () => Promise.resolve({ url: newLaunchAddress() }),
    onFault,
  });
  try {
    const keyFault = await services.consoleKeyFault();
    if (keyFault !== null && isWrongKey(keyFault)) throw keyFault;
    const host = await startLoopbackHost({
      router: services.router,
      events: services.events,
      programs: services.programs,
      clock,
      pages,
      cookiePrefix: await readCookiePrefix(home),
      port,
      onFault: (where, error) => onFault(where, error instanceof Error ? error.name : typeof error),
    });
    newLaunchAddress = host.newLaunchAddress;
    try {
      await services.setAddress(host.address);
      if (services.database !== null) terminal.tell(`The console works over ${services.database}.`);
      await announce(surroundings, host.newLaunchAddress, opensBrowser);
      await ended;
    } finally {
      await host.close();
    }
  } finally {
    await services.close();
  }
}

async function announce(
  { terminal }: Surroundings,
  newLaunchAddress: () => string,
  opensBrowser: boolean,
): Promise<void> {
  const address = newLaunchAddress();
  terminal.print(`Twofold is ready at ${address}\n`);
  const hasKeyboard = terminal.onEnter(() => terminal.print(`One more browser: ${newLaunchAddress()}\n`));
  terminal.tell(
    'The address opens one browser, once, within five minutes. ' +
      `${hasKeyboard ? 'Press Enter for another one, ' : 'Press '}Ctrl-C to end.`,
  );
  if (!opensBrowser) return;
  const obstacle = await openInBrowser(address);
  if (obstacle !== null)
    terminal.tell(`No browser could be opened (${obstacle}). Open the address above by hand.`);
}

export const serve = defineCommand({
  usage: [
    'serve [--port N] [--no-open]',
    'serve --listen HOST:PORT --tls-cert FILE --tls-key FILE',
    'serve --listen HOST:PORT --behind-proxy URL --trusted-proxy ADDR',
  ],
  about: `Runs Twofold on this machine alone (127.0.0.1) and opens it in your browser.

With --listen it offers the console, and nothing else, to other people's browsers, over TLS or behind a proxy that speaks it. Standard error is a log then, one line of JSON for each event. docs/behind-a-proxy.md explains how several such nodes are run.

The console keeps its data in the folder of data, in the PostgreSQL database that it was moved to, or in the one that TWOFOLD_DATABASE_URL names: postgres://user@host:5432/database. Its password comes from TWOFOLD_DATABASE_PASSWORD or the keychain (twofold console password). The authenticator always stays in the folder.

The key that seals the console's shared secrets is beside the vault's, or in the file that TWOFOLD_CONSOLE_KEY_FILE names (twofold console key).`,
  options: {
    port: {
      type: 'string',
      value: 'N',
      explains: 'listen on this port; left out, the system picks a free one',
    },
    'no-open': { type: 'boolean', explains: 'print the address and open nothing' },
    ...NETWORK_OPTIONS,
  },
  maxArguments: 0,
  async run({ values }, surroundings) {
    const isNetwork = Object.keys(NETWORK_OPTIONS).some((name) => Object.hasOwn(values, name));
    if (isNetwork) {
      if (values.port !== undefined || values['no-open'] !== undefined) {
        throw new WrongUsage(
          '--port and --no-open are for this machine alone: with --listen leave them out.',
        );
      }
      const wish = readNetworkWish(values);
      const { serveNetworkUntilEnd } = await import('./serve-network.ts');
      await serveNetworkUntilEnd(surroundings, wish, values['passphrase-fd']);
      return exitCodes.done;
    }
    const port = values.port === undefined ? 0 : parseNumber('--port', values.port, 0, 65_535);
    await serveUntilEnd(surroundings, { port, opensBrowser: values['no-open'] !== true });
    return exitCodes.done;
  },
});
