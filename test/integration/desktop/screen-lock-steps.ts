// Watches the session bus that this process was started on, and sends what a desktop sends when its screen is locked.
import { execFileSync } from 'node:child_process';
import { watchLinuxScreenLock } from '../../../src-main/hosts/desktop/linux-screen-lock.ts';

const say = (word: string): void => void process.stdout.write(`${word}\n`);
let heard = (): void => undefined;
const end = watchLinuxScreenLock(() => {
  say('locked');
  heard();
});

const send = (service: string, isActive: boolean): void => {
  execFileSync('dbus-send', [
    '--session',
    '--type=signal',
    `/org/${service}/ScreenSaver`,
    `org.${service}.ScreenSaver.ActiveChanged`,
    `boolean:${isActive}`,
  ]);
};

/** The watcher tells nobody when it has begun to listen: sends again until it is heard. */
const untilHeard = (service: string): Promise<void> =>
  new Promise((resolve) => {
    const again = setInterval(() => send(service, true), 500);
    heard = () => {
      clearInterval(again);
      resolve();
    };
    send(service, true);
  });

if (process.argv[2] !== 'silent') {
  await untilHeard('freedesktop');
  send('gnome', false);
  await untilHeard('gnome');
}
end();
say('ended');
process.exit(0);
