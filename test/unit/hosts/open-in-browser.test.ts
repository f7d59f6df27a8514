// How the user's browser is opened on each system, and what is said where it cannot be.
import { expect, test } from 'vitest';
import { browserOpener, openInBrowser } from '../../../src-main/hosts/loopback/open-in-browser.ts';

test.each([
  ['darwin', {}, ['open']],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
  ['linux', { DISPLAY: ':0' }, ['xdg-open']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['linux', {}, 'this session has no display'],
] as const)('on %s with %j', (platform, environment, expected) => {
  expect(browserOpener({ platform, environment })).toEqual(expected);
});

test('a missing opener is a clause, not a throw', async () => {
  // `open` with this argument list is not a program of Linux, so the system refuses to start it or it fails.
  const obstacle = await openInBrowser('http://127.0.0.1:1/', { platform: 'win32', environment: {} });
  expect(obstacle).toMatch(/^rundll32 (is not installed|found no browser that works)$/);
});
