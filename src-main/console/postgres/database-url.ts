// The address of the database, as TWOFOLD_DATABASE_URL names it: read strictly, since a mistake in it could cost safety.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { TwofoldError } from '../../../src-shared/contract/index.ts';

export interface ServerPlace {
  /** A name, an address, or the absolute path of the folder of a local socket. */
  readonly host: string;
  readonly port: number;
}

/** What an address says, without the password. */
export interface DatabaseAddress extends ServerPlace {
  /** Further servers with the same database: of all, the one that can be written to is worked with. Absent: none. */
  readonly others?: readonly ServerPlace[];
  readonly database: string;
  readonly user: string;
  /** Null where none is spoken: over a local socket, or to this computer itself where the address says so. */
  readonly tls: { readonly authorities: string | null } | null;
  /** Connections that this node opens at most. */
  readonly connections: number;
}

export interface ReadAddress {
  readonly address: DatabaseAddress;
  /** Where it stands in the address itself. */
  readonly password: string | null;
}

const DEFAULT_PORT = 5432;
const DEFAULT_CONNECTIONS = 10;
const MOST_CONNECTIONS = 200;

const refuse = (why: string): TwofoldError =>
  new TwofoldError(
    'invalid-input',
    `The address of the database cannot be used: ${why} It looks like postgres://user@host:5432/database. Nothing was opened.`,
    { reason: 'database-url' },
  );

const knownParameters: ReadonlySet<string> = new Set([
  'host',
  'port',
  'user',
  'sslmode',
  'sslrootcert',
  'connections',
  'target_session_attrs',
]);

const isOwnComputer = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function wholeNumber(what: string, text: string, most: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw refuse(`${what} must be a number from 1 to ${most}.`);
  return value;
}

function decoded(what: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(`${what} is not well encoded.`);
  }
}

/** Hosts are read on their own, since URL takes one alone: a placeholder stands in. */
const PLACEHOLDER = 'placeholder.invalid';

/** The address without its hosts, and those, each with its port or without. */
function parseUrl(text: string): { url: URL; hosts: string } {
  const [, scheme, who = '', hosts = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/)([^/@?#]*@)?([^/?#]*)(.*)$/.exec(text) ?? [];
  if (scheme === undefined) throw refuse('it does not begin with postgres://.');
  try {
    return { url: new URL(`postgres://${who}${PLACEHOLDER}${rest}`), hosts };
  } catch {
    throw refuse('it is not well formed.');
  }
}

/** `a:5432,b:5433`; each part as it stands in a URL. */
const placesOf = (hosts: string): { host: string; port: string }[] =>
  hosts.split(',').map((text) => {
    try {
      const { hostname, port } = new URL(`postgres://${text}`);
      return { host: decoded('the host', hostname).replace(/^\[(.*)\]$/, '$1'), port };
    } catch {
      throw refuse(text === '' ? 'no host is named.' : 'a host is not well formed.');
    }
  });

/** The servers, from the hosts of the address or from the parameters `host` and `port`, which take several as well. */
function readServers(hosts: string, parameters: URLSearchParams): readonly [ServerPlace, ...ServerPlace[]] {
  const named = parameters.get('host');
  const places = named === null ? placesOf(hosts) : named.split(',').map((host) => ({ host, port: '' }));
  const given = parameters.get('port')?.split(',');
  if (given !== undefined && given.length !== 1 && given.length !== places.length) {
    throw refuse('there are as many ports as hosts, or one for all.');
  }
  const servers = places.map(({ host, port: own }, index) => {
    if (host === '') throw refuse('no host is named.');
    const port = given?.[index] ?? given?.[0] ?? own;
    return { host, port: port === '' ? DEFAULT_PORT : wholeNumber('the port', port, 65_535) };
  });
  const [first, ...others] = servers;
  if (first === undefined) throw refuse('no host is named.');
  return [first, ...others];
}

/**
 * Reads an address. TLS is spoken and verified, but over a local socket (`host` is a folder) and, with `sslmode=disable`, to
 * this computer itself. Throws TwofoldError `invalid-input`, never with the password in it.
 */
export function readDatabaseUrl(
  text: string,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): ReadAddress {
  const { url, hosts } = parseUrl(text.trim());
  const { searchParams } = url;
  for (const name of searchParams.keys()) {
    if (!knownParameters.has(name)) throw refuse(`the parameter ${name} is not known.`);
  }
  const [{ host, port }, ...others] = readServers(hosts, searchParams);
  const database = decoded('the name of the database', url.pathname.slice(1));
  if (database === '') throw refuse('no database is named.');
  const user = searchParams.get('user') ?? decoded('the user', url.username);
  if (user === '') throw refuse('no user is named.');
  const wanted = searchParams.get('target_session_attrs') ?? 'read-write';
  if (wanted !== 'read-write' && wanted !== 'primary') {
    throw refuse('target_session_attrs can be read-write alone, which it is without saying so.');
  }
  const connections = searchParams.get('connections');
  return {
    address: {
      host,
      port,
      others,
      database,
      user,
      tls: readTls([host, ...others.map((other) => other.host)], searchParams, readFile),
      connections:
        connections === null
          ? DEFAULT_CONNECTIONS
          : wholeNumber('the number of connections', connections, MOST_CONNECTIONS),
    },
    password: url.password === '' ? null : decoded('the password', url.password),
  };
}

function readTls(
  hosts: readonly string[],
  parameters: URLSearchParams,
  readFile: (path: string) => string,
): DatabaseAddress['tls'] {
  const mode = parameters.get('sslmode');
  const authorities = parameters.get('sslrootcert');
  const remote = hosts.filter((host) => !host.startsWith('/'));
  if (mode === 'disable' && !remote.every(isOwnComputer)) {
    throw refuse('without TLS it must be on this computer; sslmode=disable is not taken for another one.');
  }
  if (mode !== null && mode !== 'disable' && mode !== 'verify-full') {
    throw refuse(`sslmode=${mode} does not verify the server; leave it out, or say verify-full.`);
  }
  if (remote.length === 0 || mode === 'disable') return null;
  try {
    return { authorities: authorities === null ? null : readFile(authorities) };
  } catch {
    throw refuse(`the file of sslrootcert cannot be read: ${authorities ?? ''}.`);
  }
}

/** The address as it may be kept in a file. */
export const withoutPassword = (url: string): string =>
  url.trim().replace(/^(postgres(?:ql)?:\/\/[^:@/?#]*):[^@/?#]*@/, '$1@');

/** Names the database for people and for the keychain: without a password. */
export function shownAddress({ host, port, others = [], database, user }: DatabaseAddress): string {
  if (others.length === 0 && host.startsWith('/')) return `${user}@/${database} (${host}, port ${port})`;
  const servers = [{ host, port }, ...others].map((server) => `${server.host}:${server.port}`);
  return `${user}@${servers.join(',')}/${database}`;
}
