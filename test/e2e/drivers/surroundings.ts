// What the drivers of one spec file share: one Chromium and one private keychain, started when first needed.
import { type Browser, chromium } from 'playwright-core';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { StartOptions } from './driver.ts';
import { cleanEnvironment, type PrivateKeychain, startPrivateKeychain } from './private-keychain.ts';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a program of the system, or null. */
export const findProgram = (...names: readonly string[]): string | null =>
  names
    .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find(isExecutable) ?? null;

export const findChromium = (): string | null =>
  findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');

let browser: Promise<Browser> | null = null;
let moreArguments: readonly string[] = [];
let keychain: Promise<PrivateKeychain> | null = null;
const folders: string[] = [];

/** A new empty folder, removed at the end of the spec file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-e2e-'));
  folders.push(folder);
  return folder;
}

/** Gives the Chromium of this spec file more arguments, for instance a camera. Before the first app is started. */
export function launchChromiumWith(args: readonly string[]): void {
  if (browser !== null) throw new Error('Chromium runs already.');
  moreArguments = args;
}

/**
 * The list of suggestions below the address bar, which no headless window shows, would be two more pages drawn for each
 * of ours: most of what a window costs. Of such lists Chromium heeds the last alone, so Playwright's own is in it.
 */
const unusedFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
] as const;

/** The system's Chromium, without its own calls to the outside. It ends with this process. */
export function sharedChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Chromium is not installed.');
  browser ??= chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${unusedFeatures.join()}`,
      ...moreArguments,
    ],
  });
  return browser;
}

/** The whole environment of an app under test. */
export async function appEnvironment({ home, keychain: wanted = 'private', env = {} }: StartOptions) {
  const base: Readonly<Record<string, string>> =
    wanted === 'private'
      ? (await (keychain ??= startPrivateKeychain())).env
      : cleanEnvironment(temporaryFolder());
  return { ...base, TWOFOLD_HOME: home, ...env };
}

/** Ends what was started. */
export async function endSurroundings(): Promise<void> {
  await (await browser)?.close();
  await (await keychain)?.end();
  browser = null;
  keychain = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
