// Names of browsers for lists and the audit, from what they send.
import { expect, test } from 'vitest';
import { browserName } from '../../../src-main/hosts/http/browser-name.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/150.0.0.0 Safari/537.36`,
    '"Chromium";v="150", "Not A(Brand";v="8"',
    'Chromium on Linux',
  ],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/150.0.0.0 Safari/537.36`,
    '"Google Chrome";v="150", "Chromium";v="150"',
    'Chrome on Linux',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0`,
    undefined,
    'Edge on Windows',
  ],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/26.0 Safari/605.1.15`,
    undefined,
    'Safari on macOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', undefined, 'Firefox on Linux'],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Ubuntu Chromium/80.0 Chrome/80.0 Safari/537.36`,
    undefined,
    'Chromium on Linux',
  ],
  ['curl/8.9', undefined, 'A browser'],
  [undefined, undefined, 'A browser'],
  ['<b>x</b>'.repeat(10_000), undefined, 'A browser'],
])('%s, %s is %s', (agent, brands, expected) => {
  expect(browserName(agent, brands)).toBe(expected);
});
