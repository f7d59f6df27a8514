// issue 6: what `twofold serve --listen` takes, and what it refuses.
import { expect, test } from 'vitest';
import { readNetworkWish } from '../../../../src-main/hosts/command-line/network-options.ts';
import { namedAddress } from '../../../../src-main/hosts/network/public-address.ts';

const tls = { listen: '0.0.0.0:8443', 'tls-cert': 'c.pem', 'tls-key': 'k.pem' };
const proxied = {
  listen: '[::]:8080',
  'behind-proxy': 'https://console.example',
  'trusted-proxy': ['10.0.0.1', '192.168.0.0/16'],
};

test('TLS of its own', () => {
  expect(readNetworkWish(tls)).toEqual({
    listen: { host: '0.0.0.0', port: 8443 },
    tls: { cert: 'c.pem', key: 'k.pem' },
    publicName: null,
    proxies: null,
    metrics: null,
    passwordsPerMinute: 60,
    drainMs: 0,
  });
});

test('behind a proxy', () => {
  const wish = readNetworkWish({
    ...proxied,
    metrics: '127.0.0.1:9464',
    drain: '3',
    'passwords-per-minute': '5',
  });
  expect(wish).toMatchObject({
    listen: { host: '::', port: 8080 },
    tls: null,
    publicName: { hosts: ['console.example'], origin: 'https://console.example' },
    metrics: { host: '127.0.0.1', port: 9464 },
    passwordsPerMinute: 5,
    drainMs: 3_000,
  });
  expect(wish.proxies).toHaveLength(2);
  expect(readNetworkWish(proxied).drainMs).toBe(10_000);
});

test.each([
  ['nowhere', { ...tls, listen: undefined }, /--listen/],
  ['no port', { ...tls, listen: '127.0.0.1' }, /an address and a port/],
  ['a bare IPv6 address', { ...tls, listen: '::1:80' }, /an address and a port/],
  ['a port that there is not', { ...tls, listen: 'localhost:70000' }, /from 0 to 65535/],
  ['a certificate without a key', { ...tls, 'tls-key': undefined }, /go together/],
  ['neither TLS nor a proxy', { listen: '0.0.0.0:80' }, /need TLS/],
  ['both', { ...tls, ...proxied }, /need TLS/],
  ['a proxy that nobody trusts', { ...proxied, 'trusted-proxy': [] }, /go together/],
  ['a trusted proxy without its address', { ...tls, 'trusted-proxy': ['10.0.0.1'] }, /go together/],
  ['two public names', { ...proxied, 'public-name': 'https://other.example' }, /leave --public-name out/],
  ['a proxy in plain HTTP', { ...proxied, 'behind-proxy': 'http://console.example' }, /no public address/],
  ['a proxy by name', { ...proxied, 'trusted-proxy': ['proxy.example'] }, /no address/],
])('refuses %s', (_what, values, why) => {
  expect(() => readNetworkWish(values)).toThrow(why);
});

test.each([
  ['https://console.example', 'console.example'],
  ['https://console.example/', 'console.example'],
  ['https://console.example:443', 'console.example'],
  ['https://Console.Example:8443', 'console.example:8443'],
  ['https://[2001:db8::1]', '[2001:db8::1]'],
])('%s is answered under the Host header %s', (text, host) => {
  expect(namedAddress(text).hosts).toEqual([host]);
});

test.each(['console.example', 'https://', 'https://x/path', 'https://u:p@x', 'https://x?q', 'ftp://x'])(
  '%j is no public address',
  (text) => {
    expect(() => namedAddress(text)).toThrow(/no public address/);
  },
);
