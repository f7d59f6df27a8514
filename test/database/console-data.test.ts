// Issue 6: the console is moved while Twofold runs, as an administrator does it on screen.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { type Services, startServices } from '../../src-main/services.ts';
import {
  ErrorDetails,
  type Input,
  type MethodName,
  methods,
  type NamedDatabase,
  type Output,
} from '../../src-shared/contract/index.ts';
import { everybody, wholeAudit } from '../fakes/console-queries.ts';
import { note } from './sample-records.ts';
import { CommandLineWorld } from '../integration/command-line-world.ts';
import { STEP } from '../unit/console/world.ts';
import { addressOf, createDatabase, withClient } from './server/database-server.ts';
import { openDatabase, serverPlace } from './server/test-databases.ts';

const place = serverPlace();
const NAME = 'moved_on_screen';
const authority = readFileSync(join(import.meta.dirname, 'server/certificates/authority.pem'), 'utf8');

const overSocket: NamedDatabase = {
  url: `postgres://twofold@/${NAME}?host=${encodeURIComponent(place.sockets)}&port=${place.port}`,
  authorities: null,
  password: null,
};
const overTls: NamedDatabase = {
  url: `postgres://twofold@localhost:${place.port}/${NAME}`,
  authorities: authority,
  password: 'right password',
};

const outputs: { readonly [M in MethodName]: { readonly output: { parse(value: unknown): Output<M> } } } =
  methods;

class Refused extends Error {
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(code: string, message: string, details: ErrorDetails) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

class Browser {
  readonly #slots = new Map<string, string>();
  readonly caller: Caller = {
    browser: {
      name: 'Firefox on Linux',
      read: (slot) => this.#slots.get(slot),
      write: (slot, value) => this.#slots.set(slot, value),
      clear: (slot) => this.#slots.delete(slot),
    },
  };
}

let world: CommandLineWorld;
let app: Services;
let maria: Browser;
beforeEach(async () => {
  world = new CommandLineWorld();
  onTestFinished(() => world.remove());
  await createDatabase(place, NAME);
  app = await start();
  onTestFinished(() => app.close());
  maria = new Browser();
  await call('console:createOrganization', {
    organization: 'Northwind',
    displayName: 'Maria Keller',
    userName: 'maria.keller',
    password: 'glass otter 42 lantern',
  });
});

const start = (): Promise<Services> => world.openApp();

async function call<M extends MethodName>(
  method: M,
  input: Input<M>,
  { caller }: Browser = maria,
): Promise<Output<M>> {
  const answer = await app.router(method, input, caller);
  if (!answer.ok) {
    throw new Refused(
      answer.error.code,
      answer.error.message,
      ErrorDetails.parse(answer.error.details ?? {}),
    );
  }
  return outputs[method].output.parse(answer.value);
}

/** Gives Maria a factor and answers her code of now, one step further each time. */
async function setUpFactor(): Promise<() => string> {
  await call('administration:setTwoFactor', { turnOn: true, code: null });
  await call('console:signOut', {});
  const step = await call('console:signIn', { userName: 'maria.keller', password: 'glass otter 42 lantern' });
  if (step.kind !== 'set-up') throw new Error(`The step is ${step.kind}.`);
  const totp = new TOTP({ secret: Secret.fromBase32(step.sheet.groupedSecret.replaceAll(' ', '')) });
  const code = (): string => {
    world.clock.advance(STEP);
    return totp.generate({ timestamp: world.clock.nowMs() });
  };
  await call('console:confirmSetUp', { code: code() });
  await call('console:finishSetUp', {});
  return code;
}

const move = (to: NamedDatabase | null, isDryRun = false, code: string | null = null) =>
  call('database:move', { to, isDryRun, jobId: 'job-1', code });

const countUsers = (): Promise<number> =>
  withClient(place, NAME, async (client) => {
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM twofold.users');
    return rows[0]?.n ?? 0;
  });

const summaries = async (): Promise<string[]> =>
  (await call('administration:audit', wholeAudit)).records.map(({ summary }) => summary);

describe('issue 6: moving the console on screen', () => {
  test('S10: to the database and back with an own code; the session, the factor and the audit come along', async () => {
    const code = await setUpFactor();
    await call('administration:addUser', {
      userName: 'jonas.frei',
      displayName: 'Jonas Frei',
      role: 'user',
      unitId: null,
    });
    await expect(move(overSocket)).rejects.toMatchObject({ code: 'code-required' });
    expect(await call('database:place', {})).toEqual({ kind: 'folder', path: world.home });

    const steps = new Set<string>();
    app.events.subscribe((event, payload) => {
      if (event === 'database:progress' && 'step' in payload) steps.add(payload.step);
    });
    const { parts } = await move(overSocket, false, code());
    expect(parts).toContainEqual(expect.objectContaining({ name: 'users', count: 2 }));
    expect(steps.size).toBeGreaterThan(0);
    expect(await call('database:place', {})).toMatchObject({
      kind: 'database',
      safety: 'socket',
      isFromEnvironment: false,
    });
    // Nobody was signed out, and what is done from now on is done there.
    expect(await call('console:step', {})).toMatchObject({ kind: 'signed-in' });
    await call('administration:addUser', {
      userName: 'lea.vogt',
      displayName: 'Lea Vogt',
      role: 'user',
      unitId: null,
    });
    expect(await countUsers()).toBe(3);
    expect(await summaries()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Began moving the console from the folder to twofold@/),
        expect.stringMatching(/^Ended moving the console .* records are the same\.$/),
      ]),
    );
    expect(await call('administration:verifyAudit', {})).toMatchObject({ kind: 'intact' });

    // Started again, Twofold finds it there.
    await app.close();
    app = await start();
    expect(await call('console:step', {})).toMatchObject({ kind: 'signed-in' });
    expect(await countUsers()).toBe(3);

    const back = await move(null, false, code());
    expect(back.parts).toContainEqual(expect.objectContaining({ name: 'users', count: 3 }));
    expect(await call('database:place', {})).toEqual({ kind: 'folder', path: world.home });
    expect(await call('administration:verifyAudit', {})).toMatchObject({ kind: 'intact' });
    expect(readdirSync(world.home)).not.toContain('console-moved.json');
    await expect(openDatabase(place, NAME)).rejects.toMatchObject({ details: { reason: 'moved' } });
    await app.close();
    app = await start();
    expect(await call('console:step', {})).toMatchObject({ kind: 'signed-in' });
  });

  test('a dry run keeps nothing, and the console goes on in the folder', async () => {
    const { parts } = await move(overSocket, true);
    expect(parts).toContainEqual(expect.objectContaining({ name: 'users', count: 1 }));
    expect(await countUsers()).toBe(0);
    expect(await call('database:place', {})).toMatchObject({ kind: 'folder' });
    expect(await summaries()).toContainEqual(expect.stringMatching(/^Ended a dry run of moving/));
  });

  test('over TLS with a password: it goes to the keychain, and into no file', async () => {
    await move(overTls);
    expect(await call('database:place', {})).toMatchObject({ kind: 'database', safety: 'tls' });
    expect(await world.passwords.read(`database twofold@localhost:${place.port}/${NAME}`)).toEqual({
      kind: 'found',
      password: 'right password',
    });
    for (const name of readdirSync(world.home, { recursive: true, encoding: 'utf8' })) {
      const path = join(world.home, name);
      if (existsSync(path)) expect(readFileSync(path, 'utf8')).not.toContain('right password');
    }
    await app.close();
    app = await start();
    expect(await call('console:step', {})).toMatchObject({ kind: 'signed-in' });
  });

  test('a move that fails leaves everything as it was, and the audit says so', async () => {
    const other = await openDatabase(place, NAME);
    onTestFinished(() => other.close());
    await other.transact((tx) => tx.countActiveAdministrators());
    await expect(move(overSocket)).rejects.toMatchObject({ details: { reason: 'nodes-running' } });
    expect(await call('database:place', {})).toMatchObject({ kind: 'folder' });
    expect(await call('console:step', {})).toMatchObject({ kind: 'signed-in' });
    expect(await summaries()).toContainEqual(
      expect.stringMatching(/^Failed at moving .* Nothing was switched\.$/),
    );
  });

  test('meanwhile other calls and another move are refused with a plain sentence', async () => {
    const outcomes: Promise<void>[] = [];
    const refused: Refused[] = [];
    app.events.subscribe((event) => {
      if (event !== 'database:progress' || outcomes.length > 0) return;
      outcomes.push(
        call('administration:directory', { ...everybody, limit: 10 }).then(
          () => undefined,
          (error: unknown) => {
            if (error instanceof Refused) refused.push(error);
          },
        ),
      );
    });
    await move(overSocket, true);
    await Promise.all(outcomes);
    expect(refused).toMatchObject([{ code: 'storage-failed', details: { reason: 'moving' } }]);
    expect(refused[0]?.message).toContain('The console is being moved');
  });

  test('where the environment names the database, nothing is changed on screen', async () => {
    await app.close();
    app = await startServices({
      host: 'test',
      home: world.home,
      version: '0',
      clock: world.clock,
      keychain: world.keychain,
      database: { address: addressOf(place, NAME), password: null },
      openBrowser: () => Promise.resolve({ url: null }),
      onFault: (method, frames) => {
        throw new Error(`${method} ${frames}`);
      },
    });
    maria = new Browser();
    await call('console:createOrganization', {
      organization: 'Northwind',
      displayName: 'Maria Keller',
      userName: 'maria.keller',
      password: 'glass otter 42 lantern',
    });
    expect(await call('database:place', {})).toMatchObject({ kind: 'database', isFromEnvironment: true });
    await expect(move(null)).rejects.toMatchObject({ details: { reason: 'named-by-environment' } });
  });

  test('users, and administrators of a unit, see and move nothing', async () => {
    const unit = await call('administration:addUnit', { name: 'Zürich' });
    const { user, oneTimePassword } = await call('administration:addUser', {
      userName: 'lea.vogt',
      displayName: 'Lea Vogt',
      role: 'user',
      unitId: unit.id,
    });
    const lea = new Browser();
    await call('console:signIn', { userName: 'lea.vogt', password: oneTimePassword }, lea);
    await call('console:changePassword', { newPassword: 'quiet heron 17 bottle' }, lea);
    const requireRefusals = async (): Promise<void> => {
      const refused = { code: 'not-permitted' };
      const moving = { to: overSocket, isDryRun: true, jobId: 'x', code: null };
      await expect(call('database:place', {}, lea)).rejects.toMatchObject(refused);
      await expect(call('database:test', overSocket, lea)).rejects.toMatchObject(refused);
      await expect(call('database:move', moving, lea)).rejects.toMatchObject(refused);
    };
    await requireRefusals();
    await call('administration:setRole', {
      userId: user.id,
      role: 'administrator',
      administersUnitId: unit.id,
      code: null,
    });
    await call('console:signIn', { userName: 'lea.vogt', password: 'quiet heron 17 bottle' }, lea);
    await requireRefusals();
  });

  test('a database that cannot be reached stops the console alone, until it is back', async () => {
    await move(overSocket);
    await app.close();
    await withClient(place, 'postgres', (client) =>
      client.query(`ALTER DATABASE ${NAME} RENAME TO out_of_reach`),
    );
    app = await start();
    await expect(call('console:step', {})).rejects.toMatchObject({ details: { reason: 'no-database' } });
    expect(await call('authenticator:list', {})).toEqual({ accounts: [] });
    await withClient(place, 'postgres', (client) =>
      client.query(`ALTER DATABASE out_of_reach RENAME TO ${NAME}`),
    );
    expect(await call('console:step', {})).toMatchObject({ kind: 'signed-in' });
  });
});

describe('issue 6: testing a database before the move', () => {
  const found = async (named: NamedDatabase) => {
    const { checks, canMove } = await call('database:test', named);
    const last = checks.at(-1);
    return { canMove, checks: checks.map(({ check }) => check), last: last?.sentence };
  };
  const all = ['reached', 'safe', 'signed-in', 'version', 'rights', 'content'];

  test('an empty one, over TLS and over a local socket', async () => {
    for (const named of [overTls, overSocket]) {
      expect(await found(named)).toEqual({ canMove: true, checks: all, last: 'It holds no console yet.' });
    }
    await move(overSocket, true);
    expect(await found(overTls)).toMatchObject({ canMove: true });
  });

  test('one that holds a console, or keeps one that was moved away', async () => {
    await createDatabase(place, 'tested_other');
    const other = await openDatabase(place, 'tested_other');
    await other.transact((tx) => tx.appendAudit(note('Once.')));
    await other.close();
    const named = { ...overSocket, url: overSocket.url.replace(NAME, 'tested_other') };
    expect((await found(named)).last).toContain('holds a console already');
    await withClient(place, 'tested_other', (client) =>
      client.query(`INSERT INTO twofold.moved VALUES (1, '/home/maria/twofold')`),
    );
    expect((await found(named)).last).toContain('moved to /home/maria/twofold');
    await withClient(place, 'tested_other', (client) =>
      client.query('INSERT INTO twofold.schema_version (version) VALUES (1000)'),
    );
    expect((await found(named)).last).toContain('newer Twofold');
  });

  test.each<[string, Partial<NamedDatabase>, string[], string]>([
    ['nobody listens', { url: 'postgres://twofold@localhost:1/x' }, ['reached'], 'cannot be reached'],
    ['an unknown authority', { authorities: null }, ['reached', 'safe'], 'certificate'],
    ['a wrong password', { password: 'wrong' }, ['reached', 'safe', 'signed-in'], 'user or the password'],
    [
      'no such database',
      { url: `postgres://twofold@localhost:${place.port}/nothing_here` },
      ['reached', 'safe', 'signed-in'],
      'no database “nothing_here”',
    ],
  ])('what is wrong is said: %s', async (_what, part, checks, sentence) => {
    const outcome = await found({ ...overTls, ...part });
    expect(outcome).toMatchObject({ canMove: false, checks });
    expect(outcome.last).toContain(sentence);
  });

  test('what is wrong is said: a user who may not create the schema', async () => {
    await withClient(place, NAME, async (client) => {
      await client.query('DROP ROLE IF EXISTS visitor');
      await client.query('CREATE ROLE visitor LOGIN');
    });
    const outcome = await found({ ...overSocket, url: overSocket.url.replace('twofold@', 'visitor@') });
    expect(outcome).toMatchObject({ canMove: false, checks: all.slice(0, 5) });
    expect(outcome.last).toContain('visitor may not set up the schema');
  });

  test.each<[string, Partial<NamedDatabase>]>([
    ['a password in the address', { url: 'postgres://twofold:hunter2@db.example/console' }],
    ['a file of certificates in the address', { url: 'postgres://u@db.example/c?sslrootcert=/etc/passwd' }],
    ['no verification', { url: 'postgres://u@db.example/c?sslmode=require' }],
    ['another scheme', { url: 'https://db.example' }],
    ['something else than a certificate', { authorities: 'hunter2' }],
  ])('refused before anything is sent: %s', async (_what, part) => {
    const refused = call('database:test', { ...overTls, ...part });
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(refused).rejects.not.toThrow('hunter2');
  });
});
