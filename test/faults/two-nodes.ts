// Two nodes over one database, with an organization in which an administrator and a user have set 2FA up.
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { createDatabase, type ServerPlace } from '../database/server/database-server.ts';
import { Browser, type NodePlace, TestNode } from './test-node.ts';

export const START_MS = Date.UTC(2026, 10, 24, 9);
export const STEP_MS = 30_000;
export const PASSWORD = 'glass otter 42 lantern';
export const USER = 'jonas.frei';
export const ADMINISTRATOR = 'maria.keller';

const SetUp = z.object({ kind: z.literal('set-up'), sheet: z.object({ groupedSecret: z.string() }) });
const Added = z.object({ oneTimePassword: z.string(), user: z.object({ id: z.string() }) });

export interface TwoNodes {
  readonly a: TestNode;
  readonly b: TestNode;
  readonly administrator: Browser;
  /** Anew, at that time of both clocks. */
  readonly signInAdministrator: (atMs: number) => Promise<void>;
  readonly userId: string;
  /** The code of the user's device at that moment. */
  readonly codeAt: (atMs: number) => string;
  readonly administratorCodeAt: (atMs: number) => string;
  /** The time of both clocks after the set-up; a later time step than any that was used. */
  readonly nowMs: number;
  readonly stop: () => Promise<void>;
}

const device =
  (step: unknown) =>
  (atMs: number): string => {
    const { groupedSecret } = SetUp.parse(step).sheet;
    return new TOTP({ secret: Secret.fromBase32(groupedSecret.replaceAll(' ', '')) }).generate({
      timestamp: atMs,
    });
  };

/** The database is made anew, `settings` with it. `address`: where the nodes reach it, else its local socket. */
export async function startTwoNodes(
  place: ServerPlace,
  database: string,
  address: Pick<NodePlace, 'host' | 'port'> & Partial<NodePlace> = { host: place.sockets, port: place.port },
  settings = '',
): Promise<TwoNodes> {
  await createDatabase(place, database, settings);
  const start = () => TestNode.start({ others: [], ...address, database, nowMs: START_MS });
  // Both at once: they set the database up together.
  const [a, b] = await Promise.all([start(), start()]);
  const administrator = new Browser('Administrator’s browser');
  await a.value(
    'console:createOrganization',
    { organization: 'Northwind', displayName: 'Maria Keller', userName: ADMINISTRATOR, password: PASSWORD },
    administrator,
  );
  const { oneTimePassword, user } = Added.parse(
    await b.value(
      'administration:addUser',
      { userName: USER, displayName: 'Jonas Frei', role: 'user', unitId: null },
      administrator,
    ),
  );
  const first = new Browser('First browser');
  await a.value('console:signIn', { userName: USER, password: oneTimePassword }, first);
  await b.value('console:changePassword', { newPassword: PASSWORD }, first);
  await a.value('console:signOut', {}, first);
  await b.value('administration:setTwoFactor', { turnOn: true, code: null }, administrator);
  await a.value('console:signOut', {}, administrator);
  const codeOfAdministrator = device(
    await b.value('console:signIn', { userName: ADMINISTRATOR, password: PASSWORD }, administrator),
  );
  await a.value('console:confirmSetUp', { code: codeOfAdministrator(START_MS) }, administrator);
  await b.value('console:finishSetUp', {}, administrator);
  const codeOfUser = device(await a.value('console:signIn', { userName: USER, password: PASSWORD }, first));
  await b.value('console:confirmSetUp', { code: codeOfUser(START_MS) }, first);
  await a.value('console:finishSetUp', {}, first);
  await b.value('console:signOut', {}, first);
  const nowMs = START_MS + 2 * STEP_MS;
  await Promise.all([a.setClock(nowMs), b.setClock(nowMs)]);
  return {
    a,
    b,
    administrator,
    async signInAdministrator(atMs) {
      await a.call('console:signOut', {}, administrator);
      await a.value('console:signIn', { userName: ADMINISTRATOR, password: PASSWORD }, administrator);
      const code = codeOfAdministrator(atMs);
      await a.value('console:submitCode', { code, trustBrowser: false }, administrator);
    },
    userId: user.id,
    codeAt: codeOfUser,
    administratorCodeAt: codeOfAdministrator,
    nowMs,
    async stop() {
      await Promise.all([a.stop(), b.stop()]);
    },
  };
}
