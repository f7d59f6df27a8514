// Hears from the session bus when the screen is locked, on Linux, where Electron's powerMonitor does not tell. Free of
// electron.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The services that tell of it: KDE and the common name, GNOME, Cinnamon, MATE, Xfce. */
const services = ['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'];

const matches = services.map(
  (service) => `type='signal',interface='org.${service}.ScreenSaver',member='ActiveChanged'`,
);

/** Reads the lines of dbus-monitor: a head for each signal, then its arguments. Answers what takes a line. */
export function screenLockReader(onLocked: () => void): (line: string) => void {
  let isAboutScreen = false;
  return (line) => {
    if (!line.startsWith(' '))
      isAboutScreen = /\binterface=org\.\w+\.ScreenSaver; member=ActiveChanged$/.test(line);
    else if (isAboutScreen && line.trim() === 'boolean true') onLocked();
  };
}

/**
 * Listens through dbus-monitor, which belongs to D-Bus itself. Where there is no session bus or no such program, nothing
 * is heard. Answers how to end it.
 */
export function watchLinuxScreenLock(onLocked: () => void): () => void {
  const child = spawn('dbus-monitor', ['--session', ...matches], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  // It must not keep the program from ending.
  child.unref();
  createInterface(child.stdout).on('line', screenLockReader(onLocked));
  return () => child.kill();
}
