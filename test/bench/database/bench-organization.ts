// An organization in a database for measuring: founded by the program, filled by the server, with people who can sign in.
import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type pg from 'pg';
import { z } from 'zod';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { Console } from '../../../src-main/console/console.ts';
import { administrationHandlers, consoleHandlers } from '../../../src-main/console/handlers.ts';
import { createArgon2Hasher, type PasswordHasher } from '../../../src-main/console/passwords.ts';
import type { Statement } from '../../../src-main/console/postgres/database.ts';
import { PostgresRepository } from '../../../src-main/console/postgres/postgres-repository.ts';
import { sealFor } from '../../../src-main/console/secret-sealer.ts';
import type { BrowserSlot, Caller } from '../../../src-main/ipc/caller.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import type { SealingKey } from '../../../src-main/secrets/sealing.ts';
import {
  addressOf,
  createDatabase,
  type ServerPlace,
  withClient,
} from '../../database/server/database-server.ts';
import { fillDatabase } from './fill-database.ts';

export const START_MS = Date.UTC(2026, 10, 24, 9);
export const STEP_MS = 30_000;
export const PASSWORD = 'glass otter 42 lantern';
const ADMINISTRATOR = 'maria.keller';
const KEY: SealingKey = { id: 'bench', bytes: new Uint8Array(32).fill(7) };

/** Says yes to the right password at once: what is measured is all the rest. */
const noHashing: PasswordHasher = {
  hash: () => createArgon2Hasher().hash(PASSWORD),
  verify: (hash, password) => Promise.resolve(hash !== null && password === PASSWORD),
};

export type Handlers = ReturnType<typeof consoleHandlers> & ReturnType<typeof administrationHandlers>;

export interface BenchNode {
  readonly repository: PostgresRepository;
  readonly handlers: Handlers;
  readonly clock: VirtualClock;
}

export interface NodeOptions {
  readonly connections?: number;
  readonly withHashing?: boolean;
  readonly onStatement?: (statement: Statement) => void;
  readonly nowMs?: number;
}

/** One node over that database. The caller closes the repository. */
export async function openNode(
  place: ServerPlace,
  database: string,
  { connections = 10, withHashing = false, onStatement, nowMs = START_MS }: NodeOptions = {},
): Promise<BenchNode> {
  const repository = await PostgresRepository.open({
    address: { ...addressOf(place, database), connections },
    password: null,
    ...(onStatement === undefined ? {} : { onStatement }),
  });
  const clock = new VirtualClock(nowMs);
  const console = new Console({
    repository,
    key: () => KEY,
    clock,
    hasher: withHashing ? createArgon2Hasher() : noHashing,
    events: new EventHub(),
  });
  return { repository, clock, handlers: { ...consoleHandlers(console), ...administrationHandlers(console) } };
}

/** A browser of somebody's. */
export function newBrowser(name = 'Chrome on Windows'): Caller {
  const slots = new Map<BrowserSlot, string>();
  return {
    browser: {
      name,
      read: (slot) => slots.get(slot),
      write: (slot, value) => slots.set(slot, value),
      clear: (slot) => slots.delete(slot),
    },
  };
}

/** Somebody of the organization with the device that shows the codes. */
export const Signer = z.strictObject({ userName: z.string(), secret: z.string() });
export type Signer = z.infer<typeof Signer>;

export const codeOf = ({ secret }: Signer, atMs: number): string =>
  new TOTP({ secret: Secret.fromHex(secret) }).generate({ timestamp: atMs });

/** Founds it as an administrator does, who is signed in afterwards in that browser. */
async function found({ handlers, clock }: BenchNode, browser: Caller): Promise<void> {
  await handlers['console:createOrganization'](
    { organization: 'Northwind', displayName: 'Maria Keller', userName: ADMINISTRATOR, password: PASSWORD },
    browser,
  );
  await handlers['administration:setTwoFactor']({ turnOn: true, code: null }, browser);
  await handlers['console:signOut']({}, browser);
  const setUp = await handlers['console:signIn']({ userName: ADMINISTRATOR, password: PASSWORD }, browser);
  if (setUp.kind !== 'set-up') throw new Error(`Expected the set-up, not ${setUp.kind}.`);
  const secret = Secret.fromBase32(setUp.sheet.groupedSecret.replaceAll(' ', '')).hex;
  const code = codeOf({ userName: ADMINISTRATOR, secret }, clock.nowMs());
  await handlers['console:confirmSetUp']({ code }, browser);
  await handlers['console:finishSetUp']({}, browser);
}

const Chosen = z.array(z.object({ id: z.string(), user_name: z.string(), factor_id: z.string() }));

/** Gives people, spread over all, devices whose codes are right. */
async function chooseSigners(client: pg.Client, count: number): Promise<Signer[]> {
  const { rows } = await client.query(
    `SELECT u.id, u.user_name, u.factor_id FROM twofold.users u JOIN twofold.factors f ON f.id = u.factor_id
     WHERE u.active AND NOT u.is_service_account AND NOT u.must_change_password AND NOT f.blocked
       AND u.user_name <> $1 AND NOT EXISTS (SELECT FROM twofold.counters c WHERE c.id = 'code-' || u.id)
     ORDER BY hashtextextended(u.id, 1) LIMIT $2`,
    [ADMINISTRATOR, count],
  );
  const chosen = Chosen.parse(rows).map((row) => {
    const secret = randomBytes(20);
    const sealed = sealFor(KEY, { id: row.factor_id, userId: row.id }, secret);
    return { ...row, ...sealed, secret: secret.toString('hex') };
  });
  await client.query(
    `UPDATE twofold.factors f SET sealed_secret = s."sealedSecret", sealed_by = s."sealedBy", last_accepted_step = 0
     FROM jsonb_to_recordset($1) s (factor_id text, "sealedSecret" text, "sealedBy" text) WHERE f.id = s.factor_id`,
    [JSON.stringify(chosen)],
  );
  return chosen.map(({ user_name: userName, secret }) => ({ userName, secret }));
}

export interface BenchOrganization {
  readonly database: string;
  readonly administrator: Caller;
  readonly signers: readonly Signer[];
}

/** Makes the database anew. */
export async function createOrganization(
  place: ServerPlace,
  database: string,
  size: { readonly users: number; readonly auditRecords: number; readonly signers: number },
  progress: (what: string) => void,
): Promise<BenchOrganization> {
  await createDatabase(place, database);
  const node = await openNode(place, database);
  const administrator = newBrowser();
  try {
    await found(node, administrator);
  } finally {
    await node.repository.close();
  }
  const passwordHash = await createArgon2Hasher().hash(PASSWORD);
  const signers = await withClient(place, database, async (client) => {
    await fillDatabase(client, { ...size, nowMs: START_MS, passwordHash }, progress);
    return chooseSigners(client, size.signers);
  });
  return { database, administrator, signers };
}

/** A short name of a statement that stays the same from run to run. */
export const statementKey = (text: string): string =>
  `${text.replaceAll(/\s+/gu, ' ').trim().slice(0, 60)} #${createHash('sha256').update(text).digest('hex').slice(0, 6)}`;
