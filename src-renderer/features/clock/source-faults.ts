// Looks at typed time sources. Main decides in the end; this only shows the fault beside its field.

const NAME = /^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?$/;
const IPV6 = /^\[[0-9A-Fa-f:.]{2,45}\]$/;

/** Why this is no `host`, `host:port` or `[v6]:port`, or undefined. */
export function timeServerFault(typed: string): string | undefined {
  const address = typed.trim();
  if (address === '') return undefined;
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(address) ?? [];
  if (!NAME.test(host) && !IPV6.test(host))
    return 'The name of a server, for instance time.example.org or 192.0.2.1:123.';
  if (port === undefined) return undefined;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  return number >= 1 && number <= 65_535 ? undefined : 'The port must be between 1 and 65535.';
}

/** Why this is no https address, or undefined. */
export function timeFallbackFault(typed: string): string | undefined {
  const address = typed.trim();
  if (address === '') return undefined;
  if (!URL.canParse(address)) return 'A whole address, for instance https://www.example.org/.';
  const url = new URL(address);
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isHere) return 'It must begin with https://.';
  return url.username === '' && url.password === '' ? undefined : 'It must not hold a user name or password.';
}
