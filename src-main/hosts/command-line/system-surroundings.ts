// What the command line and the loopback host get from the system they run on.
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { systemClock } from '../../clock/system-clock.ts';
import { KeychainKeyStore } from '../../secrets/keychain-key-store.ts';
import { KeychainPasswordStore } from '../../secrets/keychain-password-store.ts';
import { dataFolder } from '../../storage/home.ts';
import { type ExitCode, type Surroundings } from './command.ts';
import { runCommandLine } from './run-command-line.ts';
import { openSystemClipboard } from './system-clipboard.ts';
import { systemTerminal } from './system-terminal.ts';

/** What still runs after the last word has this long to end by itself. */
const LINGER_MS = 2_000;

const surroundings = (entryFolder: string): Surroundings => ({
  terminal: systemTerminal,
  clock: systemClock,
  keychain: new KeychainKeyStore({ clock: systemClock }),
  passwords: new KeychainPasswordStore({ clock: systemClock }),
  variables: process.env,
  openClipboard: () => openSystemClipboard(),
  home: dataFolder(),
  version: manifest.version,
  pages: join(entryFolder, '../renderer'),
});

/** Runs the command line in this process. `entryFolder` is where the built entry lies. */
export async function runInThisProcess(args: readonly string[], entryFolder: string): Promise<void> {
  // Whoever reads our output may have gone, as `head` does.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const exitCode: ExitCode = await runCommandLine(args, surroundings(entryFolder));
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
