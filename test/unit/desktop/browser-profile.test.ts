// The desktop's browser profile: what it keeps, what it forgets, and when.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import {
  browserName,
  BrowserProfile,
  type KeptValues,
} from '../../../src-main/hosts/desktop/browser-profile.ts';

const START_MS = 1_800_000_000_000;

function newProfile(kept: KeptValues = {}) {
  const clock = new VirtualClock(START_MS);
  const told: KeptValues[] = [];
  const profile = new BrowserProfile({
    name: 'test',
    clock,
    kept,
    onKeptChanged: (values) => told.push(values),
  });
  return { clock, told, profile };
}

describe('BrowserProfile', () => {
  it('answers a value until it expires, and not at that moment', () => {
    const { clock, profile } = newProfile();
    profile.write('session', 'a', START_MS + 1000);
    clock.advance(999);
    expect(profile.read('session')).toBe('a');
    clock.advance(1);
    expect(profile.read('session')).toBeUndefined();
  });

  it('keeps trust and device for the next start, and nothing else', () => {
    const { told, profile } = newProfile();
    profile.write('session', 's', START_MS + 1000);
    profile.write('challenge', 'c', START_MS + 1000);
    expect(told).toEqual([]);
    profile.write('trust', 't', START_MS + 1000);
    profile.write('device', 'd', START_MS + 2000);
    expect(told.at(-1)).toEqual({
      trust: { value: 't', expiresAtMs: START_MS + 1000 },
      device: { value: 'd', expiresAtMs: START_MS + 2000 },
    });
  });

  it('starts with what was kept', () => {
    const { profile } = newProfile({ trust: { value: 't', expiresAtMs: START_MS + 1 } });
    expect(profile.read('trust')).toBe('t');
    expect(profile.read('device')).toBeUndefined();
  });

  it('forgets the session and a sign-in under way when the window closes, but not the trust', () => {
    const { profile } = newProfile();
    for (const slot of ['session', 'challenge', 'trust', 'device'] as const)
      profile.write(slot, slot, START_MS + 1000);
    profile.forgetSession();
    expect(profile.read('session')).toBeUndefined();
    expect(profile.read('challenge')).toBeUndefined();
    expect(profile.read('trust')).toBe('trust');
    expect(profile.read('device')).toBe('device');
  });

  it('tells of a cleared trust, and stays silent where there was none', () => {
    const { told, profile } = newProfile({ trust: { value: 't', expiresAtMs: START_MS + 1 } });
    profile.clear('device');
    expect(told).toEqual([]);
    profile.clear('trust');
    expect(told).toEqual([{}]);
    expect(profile.read('trust')).toBeUndefined();
  });
});

it.each([
  ['linux', 'Twofold desktop on Linux'],
  ['darwin', 'Twofold desktop on macOS'],
  ['win32', 'Twofold desktop on Windows'],
  ['freebsd', 'Twofold desktop on freebsd'],
])('names the browser on %s', (platform, name) => {
  expect(browserName(platform)).toBe(name);
});
