// Whose request it is: the address of the client, through proxies where those are trusted, and what it is counted under.
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { HttpRefusal } from '../http/answers.ts';

type Address = ReturnType<typeof ipaddr.process>;
export type Network = readonly [Address, number];

/** The address in that text, an IPv4 address within IPv6 (::ffff:…) as such; null where it is none. */
function addressIn(text: string): Address | null {
  const [bare = ''] = text.split('%', 1);
  return isIP(bare) === 0 ? null : ipaddr.process(bare);
}

/** An address, or a network such as 10.0.0.0/8. Throws TwofoldError `invalid-input`. */
export function readNetwork(text: string): Network {
  const single = addressIn(text);
  if (single !== null) return [single, single.kind() === 'ipv4' ? 32 : 128];
  const [address = '', bits = ''] = text.split('/');
  if (isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && ipaddr.isValidCIDR(text))
    return ipaddr.parseCIDR(text);
  throw new TwofoldError(
    'invalid-input',
    `“${text.slice(0, 60)}” is no address and no network such as 10.0.0.0/8 or 2001:db8::/32.`,
  );
}

const isWithin = (address: Address, networks: readonly Network[]): boolean =>
  networks.some(([network, bits]) => network.kind() === address.kind() && address.match([network, bits]));

/** The first of the entries from the right that no trusted proxy has. */
function behindProxies(entries: readonly string[], proxies: readonly Network[]): Address {
  let address: Address | null = null;
  for (const entry of entries.toReversed()) {
    // Some proxies add the port.
    const text = /^\[(.*)\](?::\d+)?$/.exec(entry)?.[1] ?? entry.replace(/^([\d.]+):\d+$/, '$1');
    address = addressIn(text);
    if (address === null) throw notSaid();
    if (!isWithin(address, proxies)) return address;
  }
  if (address === null) throw notSaid();
  return address;
}

const notSaid = (): HttpRefusal =>
  new HttpRefusal(
    400,
    'sender-refused',
    'The proxy does not say for whom it asks. Have it send X-Forwarded-For with the address of the client.',
  );

const notAProxy = (): HttpRefusal =>
  new HttpRefusal(403, 'sender-refused', 'This address answers its proxies only. Open the public address.');

const unusable = (): HttpRefusal =>
  new HttpRefusal(400, 'sender-refused', 'The address of this request cannot be read.');

/**
 * The client's address. Without proxies that of the connection, whatever the headers say. Behind proxies, those alone may
 * ask, and X-Forwarded-For counts, read from the right up to the first address that is none of theirs: what stands left
 * of it, anybody can have written. Throws HttpRefusal.
 */
export function clientAddress(
  connection: string | undefined,
  headers: IncomingHttpHeaders,
  proxies: readonly Network[] | null,
): string {
  const peer = addressIn(connection ?? '');
  if (peer === null) throw unusable();
  if (proxies === null) return peer.toString();
  if (!isWithin(peer, proxies)) throw notAProxy();
  const forwarded = headers['x-forwarded-for'];
  const entries = (typeof forwarded === 'string' ? forwarded : '').split(',').map((entry) => entry.trim());
  return behindProxies(entries, proxies).toString();
}

/** Whether a connection comes from this machine, or from one of the proxies. */
export function isNear(connection: string | undefined, proxies: readonly Network[] | null): boolean {
  const peer = addressIn(connection ?? '');
  return peer !== null && (peer.range() === 'loopback' || isWithin(peer, proxies ?? []));
}

/** What an address is counted under: itself, or the /64 of IPv6, which one household or machine has to itself. */
export function countedUnder(address: string): string {
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6
    ? `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`
    : address;
}
