// The address of the database, as TWOFOLD_DATABASE_URL names it: read strictly, since a mistake in it could cost safety.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { TwofoldError } from '../../../src-shared/contract/index.ts';

/** What an address says, without the password. */
export interface DatabaseAddress {
  /** A name, an address, or the absolute path of the folder of a local socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Null where none is spoken: over a local socket, or to this computer itself where the address says so. */
  readonly tls: { readonly serverName: string; readonly authorities: string | null } | null;
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

/** `postgres://user:password@/database` has no host, which URL does not take: a placeholder stands in. */
const NO_HOST = 'no-host.invalid';

function parseUrl(text: string): URL {
  const [, scheme, who, rest] = /^(postgres(?:ql)?:\/\/)([^/@?#]*@)?(.*)$/.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) throw refuse('it does not begin with postgres://.');
  const hasHost = rest !== '' && !rest.startsWith('/') && !rest.startsWith('?');
  try {
    return new URL(`postgres://${who ?? ''}${hasHost ? '' : NO_HOST}${rest}`);
  } catch {
    throw refuse('it is not well formed.');
  }
}

/**
 * Reads an address. TLS is spoken and verified, but over a local socket (`host` is a folder) and, with `sslmode=disable`, to
 * this computer itself. Throws TwofoldError `invalid-input`, never with the password in it.
 */
export function readDatabaseUrl(
  text: string,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): ReadAddress {
  const url = parseUrl(text.trim());
  const { searchParams } = url;
  for (const name of searchParams.keys()) {
    if (!knownParameters.has(name)) throw refuse(`the parameter ${name} is not known.`);
  }
  const named = url.hostname === NO_HOST ? '' : decoded('the host', url.hostname).replace(/^\[(.*)\]$/, '$1');
  const host = searchParams.get('host') ?? named;
  if (host === '') throw refuse('no host is named.');
  const database = decoded('the name of the database', url.pathname.slice(1));
  if (database === '') throw refuse('no database is named.');
  const user = searchParams.get('user') ?? decoded('the user', url.username);
  if (user === '') throw refuse('no user is named.');
  const port = searchParams.get('port') ?? url.port;
  const connections = searchParams.get('connections');
  return {
    address: {
      host,
      port: port === '' ? DEFAULT_PORT : wholeNumber('the port', port, 65_535),
      database,
      user,
      tls: readTls(host, searchParams, readFile),
      connections:
        connections === null
          ? DEFAULT_CONNECTIONS
          : wholeNumber('the number of connections', connections, MOST_CONNECTIONS),
    },
    password: url.password === '' ? null : decoded('the password', url.password),
  };
}

function readTls(
  host: string,
  parameters: URLSearchParams,
  readFile: (path: string) => string,
): DatabaseAddress['tls'] {
  const mode = parameters.get('sslmode');
  const authorities = parameters.get('sslrootcert');
  const isSocket = host.startsWith('/');
  if (mode === 'disable' && !isSocket && !isOwnComputer(host)) {
    throw refuse('without TLS it must be on this computer; sslmode=disable is not taken for another one.');
  }
  if (mode !== null && mode !== 'disable' && mode !== 'verify-full') {
    throw refuse(`sslmode=${mode} does not verify the server; leave it out, or say verify-full.`);
  }
  if (isSocket || mode === 'disable') return null;
  try {
    return { serverName: host, authorities: authorities === null ? null : readFile(authorities) };
  } catch {
    throw refuse(`the file of sslrootcert cannot be read: ${authorities ?? ''}.`);
  }
}

/** The address as it may be kept in a file. */
export const withoutPassword = (url: string): string =>
  url.trim().replace(/^(postgres(?:ql)?:\/\/[^:@/?#]*):[^@/?#]*@/, '$1@');

/** Names the database for people and for the keychain: without a password. */
export const shownAddress = ({ host, port, database, user }: DatabaseAddress): string =>
  host.startsWith('/')
    ? `${user}@/${database} (${host}, port ${port})`
    : `${user}@${host}:${port}/${database}`;
