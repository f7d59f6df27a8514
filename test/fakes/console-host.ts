// The real services over the loopback host, on a clock that the test moves and a data folder of their own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { readCookiePrefix } from '../../src-main/hosts/loopback/instance-prefix.ts';
import { startLoopbackHost } from '../../src-main/hosts/loopback/loopback-host.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { startServices } from '../../src-main/services.ts';

export interface ConsoleHost {
  readonly clock: VirtualClock;
  /** A one-time address for one more browser. */
  readonly newLaunchAddress: () => string;
  /** Faults of ours so far: none in a good run. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

/** Serves the renderer built in the folder `pages`. The clock starts at `startMs`. */
export async function startConsoleHost(pages: string, startMs: number): Promise<ConsoleHost> {
  const home = await mkdtemp(join(tmpdir(), 'twofold-console-'));
  const clock = new VirtualClock(startMs);
  const faults: string[] = [];
  let newLaunchAddress = (): string | null => null;
  const services = await startServices({
    host: 'loopback',
    home,
    version: '0.0.0',
    clock,
    keychain: new MemoryKeyStore(),
    openBrowser: () => Promise.resolve({ url: newLaunchAddress() }),
    onFault: (method, frames) => faults.push(`${method}: ${frames}`),
  });
  const host = await startLoopbackHost({
    router: services.router,
    events: services.events,
    programs: services.programs,
    clock,
    pages,
    cookiePrefix: await readCookiePrefix(home),
    onFault: (where, error) => faults.push(`${where}: ${String(error)}`),
  });
  newLaunchAddress = host.newLaunchAddress;
  return {
    clock,
    newLaunchAddress: host.newLaunchAddress,
    faults,
    close: async () => {
      await host.close();
      await services.close();
      await rm(home, { recursive: true });
    },
  };
}
