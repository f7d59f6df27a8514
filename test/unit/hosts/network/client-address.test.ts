// issue 6: whose request it is, through proxies, and what an address is counted under: tables.
import { expect, test } from 'vitest';
import {
  clientAddress,
  countedUnder,
  isNear,
  readNetwork,
} from '../../../../src-main/hosts/network/client-address.ts';

const proxies = ['10.0.0.0/8', '2001:db8:ffff::/48'].map(readNetwork);
const through = (forwarded: string | undefined, connection = '10.0.0.1'): string =>
  clientAddress(connection, { 'x-forwarded-for': forwarded }, proxies);

test.each([
  ['one proxy', '203.0.113.9', '203.0.113.9'],
  ['a chain of trusted proxies', '203.0.113.9, 10.2.3.4, 10.9.9.9', '203.0.113.9'],
  ['what a client made up stands left and is not looked at', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['also where it is no address', 'nonsense, 203.0.113.9', '203.0.113.9'],
  ['also where it claims to be a proxy', '10.0.0.7, 203.0.113.9, 10.2.3.4', '203.0.113.9'],
  ['all of them trusted: the one that is farthest', '10.4.4.4, 10.2.3.4', '10.4.4.4'],
  ['with a port', '203.0.113.9:5123', '203.0.113.9'],
  ['IPv6', '2001:db8::1', '2001:db8::1'],
  ['IPv6 in brackets with a port', '[2001:db8::1]:443', '2001:db8::1'],
  ['IPv4 within IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
])('behind a proxy: %s', (_what, forwarded, client) => {
  expect(through(forwarded)).toBe(client);
});

test.each([
  ['a proxy that says nothing', undefined],
  ['an empty word', ''],
  ['no address', 'unknown'],
  ['an address with zeros that may be octal', '010.1.1.1'],
  ['a short form', '127.1'],
  ['something that is no address between proxies', '203.0.113.9, nonsense, 10.2.3.4'],
])('behind a proxy, refused: %s', (_what, forwarded) => {
  expect(() => through(forwarded)).toThrow(/does not say for whom/);
});

test('behind a proxy nobody else is answered, whatever the headers say', () => {
  expect(() => through('203.0.113.9', '11.0.0.1')).toThrow(/its proxies only/);
  expect(() => through('203.0.113.9', '127.0.0.1')).toThrow(/its proxies only/);
  expect(through('203.0.113.9', '::ffff:10.0.0.1')).toBe('203.0.113.9');
});

test('without a proxy the connection alone counts', () => {
  expect(clientAddress('203.0.113.9', { 'x-forwarded-for': '1.1.1.1' }, null)).toBe('203.0.113.9');
  expect(clientAddress('fe80::1%eth0', {}, null)).toBe('fe80::1');
  expect(() => clientAddress(undefined, {}, null)).toThrow(/cannot be read/);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
])('%s is counted under %s', (address, under) => {
  expect(countedUnder(address)).toBe(under);
});

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['10.1.1.1', true],
  ['203.0.113.9', false],
  [undefined, false],
])('health is told to %s: %s', (connection, near) => {
  expect(isNear(connection, proxies)).toBe(near);
});

test.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '1.2.3.4/8/8', '::1/129'])(
  '%j is no network',
  (text) => {
    expect(() => readNetwork(text)).toThrow(/no address and no network/);
  },
);
