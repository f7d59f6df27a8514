// Where a request comes from: our own page on our own address, or refused. Stops DNS rebinding and cross-site requests.
import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  readonly status: 403 | 415 | 421;
  readonly message: string;
}

const wrongHost: Refusal = {
  status: 421,
  message: 'Twofold answers on its own address only. Open the address that it printed.',
};
const wrongName: Refusal = { status: 421, message: 'Twofold answers under its public name only.' };
const wrongOrigin: Refusal = {
  status: 403,
  message: 'Twofold answers its own pages only; this request came from another site.',
};
const wrongType: Refusal = { status: 415, message: 'Twofold takes JSON only.' };

/** Under which names, compared whole, and by which scheme browsers reach a host. */
export interface OwnAddress {
  readonly scheme: 'http' | 'https';
  /** As the Host header has them: with the port, but where it is the scheme's usual one. */
  readonly hosts: readonly string[];
}

/** Of 127.0.0.1, for a browser on this machine. */
export const loopbackAddress = (port: number): OwnAddress => ({
  scheme: 'http',
  hosts: [`127.0.0.1:${port}`, `localhost:${port}`],
});

/** Refuses a request whose Host header is another name than ours: a foreign name led here (DNS rebinding). */
export function checkHost({ host }: IncomingHttpHeaders, { scheme, hosts }: OwnAddress): Refusal | null {
  if (host !== undefined && hosts.includes(host)) return null;
  return scheme === 'http' ? wrongHost : wrongName;
}

/** What a browser says of the page that asks; older ones say nothing, and are judged by Origin and cookie alone. */
const isSameOriginFetch = (headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
};

/** A request that changes or tells something must come from a page of exactly this origin, as JSON. */
export function checkPost(headers: IncomingHttpHeaders, { scheme }: OwnAddress): Refusal | null {
  if (headers.origin === undefined || headers.origin !== `${scheme}://${headers.host ?? ''}`)
    return wrongOrigin;
  if (!isSameOriginFetch(headers)) return wrongOrigin;
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return mediaType === 'application/json' ? null : wrongType;
}

/** The event stream: a GET, for which browsers send no Origin within one origin. */
export function checkEventStream(headers: IncomingHttpHeaders, { scheme }: OwnAddress): Refusal | null {
  if (headers.origin !== undefined && headers.origin !== `${scheme}://${headers.host ?? ''}`)
    return wrongOrigin;
  return isSameOriginFetch(headers) ? null : wrongOrigin;
}
