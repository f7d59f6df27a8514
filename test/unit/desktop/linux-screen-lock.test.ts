// G17 on Linux: what dbus-monitor prints when the screen is locked.
import { describe, expect, it } from 'vitest';
import { screenLockReader } from '../../../src-main/hosts/desktop/linux-screen-lock.ts';

const head = (service: string, member = 'ActiveChanged'): string =>
  `signal time=1795570000.1 sender=:1.9 -> destination=(null destination) serial=7 path=/org/${service}/ScreenSaver; interface=org.${service}.ScreenSaver; member=${member}`;

function lockedBy(...lines: readonly string[]): number {
  let locked = 0;
  const read = screenLockReader(() => {
    locked += 1;
  });
  lines.forEach(read);
  return locked;
}

describe('screenLockReader', () => {
  it.each(['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'])('hears it from %s', (service) => {
    expect(lockedBy(head(service), '   boolean true')).toBe(1);
  });

  it('does not take the end of a lock, or other signals, for one', () => {
    expect(lockedBy(head('gnome'), '   boolean false')).toBe(0);
    expect(lockedBy(head('gnome', 'WakeUpScreen'), '   boolean true')).toBe(0);
    expect(lockedBy('   boolean true')).toBe(0);
    expect(
      lockedBy(
        head('gnome'),
        '   boolean false',
        'signal time=1 sender=org.freedesktop.DBus -> destination=:1.2 serial=2 path=/org/freedesktop/DBus; interface=org.freedesktop.DBus; member=NameAcquired',
        '   boolean true',
      ),
    ).toBe(0);
  });
});
