// The options of `twofold serve --listen`: what they are, and what they mean together.
import { type Network, readNetwork } from '../network/client-address.ts';
import { namedAddress, type PublicAddress } from '../network/public-address.ts';
import { parseNumber } from './arguments.ts';
import { type Options, WrongUsage } from './command.ts';
import { PASSPHRASE_OPTION } from './define-command.ts';

const DEFAULT_PASSWORDS_PER_MINUTE = 60;
/** A load balancer that asks every few seconds has noticed by then. */
const DRAIN_BEHIND_PROXY_S = 10;
const MAX_DRAIN_S = 600;
const MAX_PASSWORDS_PER_MINUTE = 1_000_000;
const MAX_PORT = 65_535;
const SECOND_MS = 1_000;

export const NETWORK_OPTIONS = {
  listen: {
    type: 'string',
    value: 'HOST:PORT',
    explains: 'offer the console, and nothing else, to other people’s browsers at this address',
  },
  'tls-cert': {
    type: 'string',
    value: 'FILE',
    isPath: true,
    explains: 'speak TLS, with this certificate and its chain in PEM',
  },
  'tls-key': { type: 'string', value: 'FILE', isPath: true, explains: 'the key of the certificate in PEM' },
  'public-name': {
    type: 'string',
    value: 'URL',
    explains: 'the address that browsers show, https://NAME; left out, the names of the certificate count',
  },
  'behind-proxy': {
    type: 'string',
    value: 'URL',
    explains: 'speak plain HTTP to a proxy that speaks TLS to browsers, at this address, https://NAME',
  },
  'trusted-proxy': {
    type: 'string',
    value: 'ADDR',
    multiple: true,
    explains: 'an address or network (10.0.0.0/8) of that proxy; may stand there several times',
  },
  metrics: {
    type: 'string',
    value: 'HOST:PORT',
    explains: 'answer Prometheus at /metrics on this address, in plain HTTP; nothing guards it',
  },
  'passwords-per-minute': {
    type: 'string',
    value: 'N',
    explains: `passwords that are looked at for one client address in a minute, ${DEFAULT_PASSWORDS_PER_MINUTE} if left out`,
  },
  drain: {
    type: 'string',
    value: 'SECONDS',
    explains: `how long to go on answering, but not be ready, before the end: ${DRAIN_BEHIND_PROXY_S} behind a proxy, else 0`,
  },
  ...PASSPHRASE_OPTION,
} as const satisfies Options;

type Name = keyof typeof NETWORK_OPTIONS;

/** As the parser answers them. */
type NetworkValues = { readonly [name in Exclude<Name, 'trusted-proxy'>]?: string | undefined } & {
  readonly 'trusted-proxy'?: readonly string[] | undefined;
};

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface NetworkWish {
  readonly listen: Place;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly publicName: PublicAddress | null;
  readonly proxies: readonly Network[] | null;
  readonly metrics: Place | null;
  readonly passwordsPerMinute: number;
  readonly drainMs: number;
}

/** `host:port`, `[address of IPv6]:port`. Throws WrongUsage. */
function readPlace(option: string, text: string): Place {
  const [, bracketed, plain, port = ''] = /^(?:\[([\da-f:.]+)\]|([^:[\]\s]+)):(\d+)$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined) return { host, port: parseNumber(`The port of ${option}`, port, 0, MAX_PORT) };
  throw new WrongUsage(`${option} takes an address and a port, such as 127.0.0.1:8443 or [::]:8443.`);
}

/** Throws WrongUsage, or TwofoldError `invalid-input`. */
export function readNetworkWish(values: NetworkValues): NetworkWish {
  const { listen, metrics, drain } = values;
  const [cert, key] = [values['tls-cert'], values['tls-key']];
  const [proxyName, proxies = []] = [values['behind-proxy'], values['trusted-proxy']];
  if (listen === undefined) throw new WrongUsage('Say with --listen where to listen.');
  if ((cert === undefined) !== (key === undefined)) {
    throw new WrongUsage('--tls-cert and --tls-key go together.');
  }
  if ((cert === undefined) === (proxyName === undefined)) {
    throw new WrongUsage(
      'Passwords need TLS: give either --tls-cert and --tls-key, or --behind-proxy with the public address of a proxy.',
    );
  }
  if ((proxyName === undefined) !== (proxies.length === 0)) {
    throw new WrongUsage('--behind-proxy and --trusted-proxy go together.');
  }
  if (proxyName !== undefined && values['public-name'] !== undefined) {
    throw new WrongUsage('--behind-proxy says the public address already: leave --public-name out.');
  }
  const named = proxyName ?? values['public-name'];
  return {
    listen: readPlace('--listen', listen),
    tls: cert === undefined || key === undefined ? null : { cert, key },
    publicName: named === undefined ? null : namedAddress(named),
    proxies: proxyName === undefined ? null : proxies.map(readNetwork),
    metrics: metrics === undefined ? null : readPlace('--metrics', metrics),
    passwordsPerMinute:
      values['passwords-per-minute'] === undefined
        ? DEFAULT_PASSWORDS_PER_MINUTE
        : parseNumber('--passwords-per-minute', values['passwords-per-minute'], 1, MAX_PASSWORDS_PER_MINUTE),
    drainMs:
      SECOND_MS *
      (drain === undefined
        ? proxyName === undefined
          ? 0
          : DRAIN_BEHIND_PROXY_S
        : parseNumber('--drain', drain, 0, MAX_DRAIN_S)),
  };
}
