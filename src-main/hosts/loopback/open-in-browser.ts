// Opens an address in the user's own browser, by the means of each system.
import { spawn } from 'node:child_process';

/** Openers end at once or stay for as long as the browser does: whoever still runs then has worked. */
const ASSUMED_OPEN_MS = 4_000;

export interface BrowserSystem {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The program and arguments that open an address, or a clause that says why none can. */
export function browserOpener({ platform, environment }: BrowserSystem): readonly string[] | string {
  if (platform === 'darwin') return ['open'];
  // Not `start`, which is a command of cmd.exe and reads & and % in an address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'this session has no display';
  return ['xdg-open'];
}

/** Answers null where a browser was asked to open the address, else a clause that says why not. Never throws. */
export function openInBrowser(
  address: string,
  system: BrowserSystem = { platform: process.platform, environment: process.env },
): Promise<string | null> {
  const opener = browserOpener(system);
  if (typeof opener === 'string') return Promise.resolve(opener);
  const [program = '', ...args] = opener;
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(null), ASSUMED_OPEN_MS);
    const finish = (obstacle: string | null): void => {
      clearTimeout(timer);
      resolve(obstacle);
    };
    child.once('error', () => finish(`${program} is not installed`));
    child.once('exit', (code) => finish(code === 0 ? null : `${program} found no browser that works`));
    child.unref();
  });
}
