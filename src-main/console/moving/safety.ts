// How what goes over the connection to a database is kept from others.
import type { DataPlace } from '../../../src-shared/contract/index.ts';
import type { DatabaseAddress } from '../postgres/database-url.ts';

export type Safety = Extract<DataPlace, { kind: 'database' }>['safety'];

/** TLS with a verified server, a local socket, or this computer itself. */
export function safetyOf({ host, tls }: DatabaseAddress): Safety {
  if (tls !== null) return 'tls';
  return host.startsWith('/') ? 'socket' : 'own-computer';
}
