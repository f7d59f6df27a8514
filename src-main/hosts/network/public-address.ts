// Under which names other people's browsers reach a network host.
import { X509Certificate } from 'node:crypto';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { OwnAddress } from '../http/request-guard.ts';

const HTTPS_PORT = 443;

export interface PublicAddress extends OwnAddress {
  /** The first of them as an origin, for people. */
  readonly origin: string;
}

const publicAddress = (hosts: readonly [string, ...string[]]): PublicAddress => ({
  scheme: 'https',
  hosts,
  origin: `https://${hosts[0]}`,
});

/** Of an origin that was named: https://console.example. Throws TwofoldError `invalid-input`. */
export function namedAddress(text: string): PublicAddress {
  const url = URL.parse(text);
  const isOrigin =
    url?.protocol === 'https:' &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  if (url !== null && isOrigin) return publicAddress([url.host]);
  throw new TwofoldError(
    'invalid-input',
    `“${text.slice(0, 100)}” is no public address such as https://console.example: with https, a name, and nothing after it.`,
  );
}

/** The names and addresses that a certificate is for, but those with a *. */
function namesOf(certificate: X509Certificate): string[] {
  return (certificate.subjectAltName ?? '').split(', ').flatMap((entry) => {
    const [, kind, value = ''] = /^(DNS|IP Address):(.*)$/.exec(entry) ?? [];
    if (kind === undefined || value.includes('*')) return [];
    // Each part of an IPv6 address stands there without its zeros; a URL writes it as browsers do.
    const host = URL.parse(
      `https://${kind === 'DNS' || !value.includes(':') ? value : `[${value}]`}`,
    )?.hostname;
    return host === undefined ? [] : [host];
  });
}

/** Of a certificate in PEM and the port that is listened on. Throws TwofoldError `invalid-input`. */
export function certifiedAddress(pem: Uint8Array, port: number): PublicAddress {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (error) {
    throw new TwofoldError('invalid-input', 'The file of the certificate holds none.', undefined, error);
  }
  const [first, ...others] = namesOf(certificate).map((name) =>
    port === HTTPS_PORT ? name : `${name}:${port}`,
  );
  if (first !== undefined) return publicAddress([first, ...others]);
  throw new TwofoldError(
    'invalid-input',
    'The certificate names no single host. Say with --public-name under which address browsers reach it.',
  );
}
