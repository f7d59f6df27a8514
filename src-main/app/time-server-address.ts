// What may stand in the list of time sources.
import { TwofoldError } from '../../src-shared/contract/index.ts';

const HOST =
  /^(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const IPV6 = /^\[[0-9A-Fa-f:.]{2,45}\]$/;

const refuse = (message: string): never => {
  throw new TwofoldError('invalid-input', message);
};

/** Checks `host`, `host:port`, `[v6]` or `[v6]:port`. Throws `invalid-input` with the reason. */
export function checkTimeServer(address: string): void {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(address) ?? [];
  if (!HOST.test(host) && !IPV6.test(host))
    refuse(`“${address.slice(0, 60)}” is not the name of a time server.`);
  if (port === undefined) return;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535)
    refuse(`The port of “${address.slice(0, 60)}” must be between 1 and 65535.`);
}

/** Checks an address whose Date header is asked: https, or http on this computer alone. Throws `invalid-input`. */
export function checkTimeFallback(address: string): void {
  if (!URL.canParse(address)) refuse(`“${address.slice(0, 60)}” is not an address.`);
  const url = new URL(address);
  const onLoopback = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !onLoopback) refuse(`“${address.slice(0, 60)}” must begin with https://.`);
  if (url.username !== '' || url.password !== '')
    refuse('An address of a time source must not hold a password.');
}
