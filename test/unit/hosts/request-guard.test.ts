// Which requests come from our own pages: a table.
import { expect, test } from 'vitest';
import {
  checkEventStream,
  checkHost,
  checkPost,
  loopbackAddress,
} from '../../../src-main/hosts/http/request-guard.ts';

const address = loopbackAddress(4100);
const host = '127.0.0.1:4100';
const good = {
  host,
  origin: `http://${host}`,
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
};
const without = (name: keyof typeof good) => ({ ...good, [name]: undefined });

test.each([
  [host, true],
  ['localhost:4100', true],
  ['127.0.0.1', false],
  ['127.0.0.1:4101', false],
  ['127.0.0.1:4100.evil.example', false],
  ['127.0.0.1.evil.example:4100', false],
  ['evil.example:4100', false],
  ['[::1]:4100', false],
  ['0.0.0.0:4100', false],
  ['2130706433:4100', false],
  ['LOCALHOST:4100', false],
  ['', false],
  [undefined, false],
])('Host %j: %s', (name, accepted) => {
  expect(checkHost({ host: name }, address) === null).toBe(accepted);
});

test.each([
  ['as our page sends it', good, true],
  ['with a charset', { ...good, 'content-type': 'application/json; charset=utf-8' }, true],
  ['from a browser without fetch metadata', without('sec-fetch-site'), true],
  ['without an Origin', without('origin'), false],
  ['from an opaque origin', { ...good, origin: 'null' }, false],
  ['from another site', { ...good, origin: 'https://evil.example' }, false],
  ['from another port', { ...good, origin: 'http://127.0.0.1:4101' }, false],
  ['from https', { ...good, origin: `https://${host}` }, false],
  ['from the other name of this machine', { ...good, origin: 'http://localhost:4100' }, false],
  ['cross-site by its own word', { ...good, 'sec-fetch-site': 'cross-site' }, false],
  ['from another port by its own word', { ...good, 'sec-fetch-site': 'same-site' }, false],
  ['as a form', { ...good, 'content-type': 'text/plain' }, false],
  ['as another form', { ...good, 'content-type': 'application/x-www-form-urlencoded' }, false],
  ['as text that names JSON', { ...good, 'content-type': 'text/plain; application/json' }, false],
  ['without a type', without('content-type'), false],
])('POST %s: %s', (_what, headers, accepted) => {
  expect(checkPost(headers, address) === null).toBe(accepted);
});

test.each([
  [{ host }, true],
  [{ host, 'sec-fetch-site': 'same-origin' }, true],
  [{ host, 'sec-fetch-site': 'none' }, false],
  [{ host, 'sec-fetch-site': 'cross-site' }, false],
  [{ host, origin: 'https://evil.example' }, false],
])('event stream with %j: %s', (headers, accepted) => {
  expect(checkEventStream(headers, address) === null).toBe(accepted);
});
