// A loopback host whose interface for other programs works on a console in memory.
import { z } from 'zod';
import type { ApiScope } from '../../src-shared/contract/index.ts';
import { Programs } from '../../src-main/console/programs.ts';
import { startLoopbackHost } from '../../src-main/hosts/loopback/loopback-host.ts';
import type { World } from '../unit/console/world.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { type Answer, send } from './loopback-page.ts';

export interface ProgramHost {
  readonly address: string;
  readonly faults: unknown[];
  /** One request with that key; null: without any. */
  readonly ask: (
    key: string | null,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export async function startProgramHost(world: World): Promise<ProgramHost> {
  const faults: unknown[] = [];
  const host = await startLoopbackHost({
    router: world.router,
    events: world.events,
    programs: new Programs(world.console.context),
    clock: world.clock,
    pages: '/nowhere',
    cookiePrefix: 'twofold-test0003',
    onFault: (_where, error) => faults.push(error),
  });
  return {
    address: host.address,
    faults,
    ask: (key, method, path, body, headers = {}) =>
      send(host.address, {
        method,
        path: `/api/v1${path}`,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    close: () => host.close(),
  };
}

/** A new key with these scopes. */
export async function makeKey(
  world: World,
  administrator: Caller,
  scopes: ApiScope[],
  { name = 'Payroll', code = null, expiresAtMs = null }: Partial<MoreOfKey> = {},
): Promise<{ key: string; id: string }> {
  const made = await world.call(
    'administration:makeApiKey',
    { name, scopes, expiresAtMs, code },
    administrator,
  );
  return { key: made.key, id: made.record.id };
}

interface MoreOfKey {
  readonly name: string;
  readonly code: string | null;
  readonly expiresAtMs: number | null;
}

const Problem = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) });

/** The status and the code of a refusal, whose form is checked. */
export const refusalOf = ({ status, body }: Answer): [number, string] => [
  status,
  Problem.parse(JSON.parse(body)).error.code,
];
