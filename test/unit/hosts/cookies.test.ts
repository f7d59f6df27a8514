// Cookies as the loopback host reads and writes them, and the Browser that stands on them.
import { expect, test } from 'vitest';
import { createCookieBrowser } from '../../../src-main/hosts/http/cookie-browser.ts';
import { parseCookies } from '../../../src-main/hosts/http/cookies.ts';

test('reads what a browser sends, and leaves out what is none', () => {
  const header = 'a=1; b=x%3Ay ; =nameless; flag; a=second; bad=%E0%A4%A';
  expect([...parseCookies(header)]).toEqual([
    ['a', '1'],
    ['b', 'x:y'],
  ]);
  expect([...parseCookies(undefined)]).toEqual([]);
});

const browser = (sent: string) =>
  createCookieBrowser('Firefox on Linux', { prefix: 'twofold-aa', isSecure: false }, parseCookies(sent));

test('a slot is read from the cookie of this data folder alone', () => {
  const twoInstances = browser('twofold-bb-session=theirs; twofold-aa-session=ours; session=none');
  expect(twoInstances.read('session')).toBe('ours');
  expect(twoInstances.read('trust')).toBeUndefined();
});

test('what is written can be read in the same request, and nothing is set where nothing changed', () => {
  const one = browser('twofold-aa-session=old');
  expect(one.setCookies()).toEqual([]);
  one.write('session', 'new', 0);
  expect(one.read('session')).toBe('new');
  one.clear('session');
  expect(one.read('session')).toBeUndefined();
  expect(one.setCookies()).toEqual([
    'twofold-aa-session=; Path=/; HttpOnly; SameSite=Strict; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ]);
});

test('G7: trust and the device mark outlive the browser, a sign-in does not', () => {
  const one = browser('');
  const endsAtMs = Date.UTC(2030, 0, 2);
  for (const slot of ['session', 'challenge', 'trust', 'device'] as const) one.write(slot, 'a:1', endsAtMs);
  const asSet = one.setCookies();
  const kept = 'Expires=Wed, 02 Jan 2030 00:00:00 GMT';
  expect(asSet).toEqual([
    'twofold-aa-session=a%3A1; Path=/; HttpOnly; SameSite=Strict',
    'twofold-aa-challenge=a%3A1; Path=/; HttpOnly; SameSite=Strict',
    `twofold-aa-trust=a%3A1; Path=/; HttpOnly; SameSite=Strict; ${kept}`,
    `twofold-aa-device=a%3A1; Path=/; HttpOnly; SameSite=Strict; ${kept}`,
  ]);
});

test('a value cannot break out of its cookie', () => {
  const one = browser('');
  one.write('trust', 'x; Domain=evil.example\r\nX-Header: 1', 0);
  expect(one.setCookies()[0]).not.toMatch(/Domain=|\r|\n/);
});
