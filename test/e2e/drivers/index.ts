// Which drivers can run here, and the suite factory over all of them.
import { afterAll, describe } from 'vitest';
import { desktopEntry, loopbackEntry, notBuilt } from './built-app.ts';
import type { Availability, Driver } from './driver.ts';
import { electronDriver, findElectron } from './electron-driver.ts';
import { electronHostDriver } from './electron-host-driver.ts';
import { loopbackDriver } from './loopback-driver.ts';
import { endSurroundings, findChromium, findProgram } from './surroundings.ts';

export type { Driver, DriverName, RunningApp, StartOptions } from './driver.ts';
export { temporaryFolder } from './surroundings.ts';

function electron(): Availability {
  const binary = findElectron();
  const hasDisplay =
    process.platform !== 'linux' || (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (binary === null) return { name: 'electron', missing: "Electron's binary is not there" };
  if (!hasDisplay) return { name: 'electron', missing: 'there is no display' };
  return { name: 'electron', driver: electronDriver(binary) };
}

function inChromium(driver: Driver, entry: string): Availability {
  const missing = findChromium() === null ? 'Chromium is not installed' : notBuilt(entry);
  return missing === null ? { name: driver.name, driver } : { name: driver.name, missing };
}

/** Every driver, with the reason where it cannot run here. */
export function availableDrivers(): readonly Availability[] {
  return [
    electron(),
    inChromium(electronHostDriver, desktopEntry),
    inChromium(loopbackDriver, loopbackEntry),
  ];
}

/** One line for the log: which drivers run, and why the others do not. */
export function describeDrivers(all: readonly Availability[] = availableDrivers()): string {
  const running = all.filter((one) => 'driver' in one).map(({ name }) => name);
  const others = all.flatMap((one) => ('missing' in one ? [`${one.name} (${one.missing})`] : []));
  return `End-to-end drivers: ${running.join(', ')}.${others.length === 0 ? '' : ` Not run: ${others.join(', ')}.`}`;
}

/** Several suites of one spec file say it once, and end what they share once. */
let isAnnounced = false;

/**
 * Declares the same specs for each driver that can run here. Fails where none of those in Chromium can: a run without
 * any would look green.
 */
export function onEachDriver(name: string, define: (driver: Driver) => void): void {
  const all = availableDrivers();
  const needed = all.filter((one) => one.name !== 'electron');
  for (const one of needed) {
    if ('missing' in one) throw new Error(`The driver ${one.name} cannot run: ${one.missing}.`);
  }
  for (const program of ['dbus-run-session', 'gnome-keyring-daemon']) {
    if (findProgram(program) === null)
      throw new Error(`${program} is not installed: the specs need a keychain.`);
  }
  if (!isAnnounced) {
    isAnnounced = true;
    console.log(describeDrivers(all));
    afterAll(endSurroundings);
  }
  for (const one of all) {
    if ('driver' in one) describe(`${name} on ${one.name}`, () => define(one.driver));
  }
}
