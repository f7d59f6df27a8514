// The address of the database: what is taken, what is refused, and that TLS is never left out by accident.
import { describe, expect, test } from 'vitest';
import { databaseAt } from '../../../src-main/console/postgres/choose-database.ts';
import { readDatabaseUrl, shownAddress } from '../../../src-main/console/postgres/database-url.ts';
import { MemoryPasswordStore } from '../../../src-main/secrets/memory-password-store.ts';

const read = (url: string) => readDatabaseUrl(url, (path) => `content of ${path}`);

describe('the address of the database', () => {
  test.each([
    [
      'postgres://ada@db.example:6000/console',
      { host: 'db.example', port: 6000, database: 'console', user: 'ada' },
    ],
    ['postgresql://ada@db.example/console', { host: 'db.example', port: 5432 }],
    ['postgres://a%40b@db.example/c%20d', { user: 'a@b', database: 'c d' }],
    ['postgres://ada@/console?host=/run/postgresql', { host: '/run/postgresql', tls: null }],
    ['postgres://ada@%2Frun%2Fpostgresql:6000/console', { host: '/run/postgresql', port: 6000, tls: null }],
    ['postgres:///console?host=/run/postgresql&user=ada&port=6000', { user: 'ada', port: 6000 }],
    ['postgres://ada@[::1]/console?sslmode=disable', { host: '::1', tls: null }],
    ['postgres://ada@127.0.0.1/console?sslmode=disable', { tls: null }],
    ['postgres://ada@db.example/console', { tls: { authorities: null } }],
    ['postgres://ada@localhost/console', { tls: { authorities: null } }],
    [
      'postgres://ada@db.example/console?sslmode=verify-full&sslrootcert=/ca.pem',
      { tls: { authorities: 'content of /ca.pem' } },
    ],
    ['postgres://ada@db.example/console?connections=25', { connections: 25 }],
    [
      'postgres://ada@a.example:6000,b.example,[::1]:7000/console?target_session_attrs=read-write',
      {
        host: 'a.example',
        port: 6000,
        others: [
          { host: 'b.example', port: 5432 },
          { host: '::1', port: 7000 },
        ],
        tls: { authorities: null },
      },
    ],
    [
      'postgres:///console?user=ada&host=/run/a,/run/b&port=6000,7000&target_session_attrs=primary',
      { host: '/run/a', port: 6000, others: [{ host: '/run/b', port: 7000 }], tls: null },
    ],
    [
      'postgres://ada@/console?host=/run/a,/run/b&port=6000',
      { port: 6000, others: [{ host: '/run/b', port: 6000 }] },
    ],
  ])('%s', (url, expected) => {
    expect(read(url)).toMatchObject({ password: null, address: expected });
  });

  test.each([
    ['mysql://ada@db/console', 'begin with postgres://'],
    ['postgres://ada@db.example', 'no database'],
    ['postgres://db.example/console', 'no user'],
    ['postgres://ada@/console', 'no host'],
    ['postgres://ada@db.example:99999/console', 'not well formed'],
    ['postgres://ada@/console?host=/run&port=0', 'the port'],
    ['postgres://ada@db.example/console?sslmode=disable', 'not taken for another one'],
    ['postgres://ada@db.example/console?sslmode=require', 'does not verify'],
    ['postgres://ada@db.example/console?sslmode=prefer', 'does not verify'],
    ['postgres://ada@db.example/console?ssl=0', 'not known'],
    ['postgres://ada@db.example/console?connections=0', 'number of connections'],
    ['postgres://ada:%ZZ@db.example/console', 'the password'],
    ['postgres://ada@a.example,/console', 'no host'],
    ['postgres://ada@a.example,b.example:99999/console', 'not well formed'],
    ['postgres://ada@/console?host=/run/a,/run/b&port=1,2,3', 'as many ports as hosts'],
    ['postgres://ada@localhost,b.example/console?sslmode=disable', 'not taken for another one'],
    ['postgres://ada@a.example,b.example/console?target_session_attrs=any', 'read-write alone'],
  ])('%s is refused', (url, why) => {
    expect(() => read(url)).toThrow(why);
  });

  test('a file of authorities that is not there is refused', () => {
    expect(() => readDatabaseUrl('postgres://ada@db.example/c?sslrootcert=/not/there.pem')).toThrow(
      '/not/there.pem',
    );
  });

  test('no refusal and no shown address holds the password', () => {
    for (const url of [
      'postgres://ada:hunter2@db.example',
      'postgres://ada:hunter2@db.example/c?sslmode=require',
    ]) {
      expect(() => read(url)).toThrow(/cannot be used/u);
      expect(() => read(url)).not.toThrow('hunter2');
    }
    expect(shownAddress(read('postgres://ada:hunter2@db.example/console').address)).toBe(
      'ada@db.example:5432/console',
    );
    expect(shownAddress(read('postgres://ada:hunter2@a.example,b.example:6000/console').address)).toBe(
      'ada@a.example:5432,b.example:6000/console',
    );
  });

  test('the password: from the address, else the environment, else the keychain, else none', async () => {
    const passwords = new MemoryPasswordStore();
    const of = async (url: string, variables = {}) =>
      (await databaseAt({ url, authorities: null }, variables, passwords)).password;
    const url = 'postgres://ada@db.example/console';
    expect(await of(url)).toBeNull();
    await passwords.write('database ada@db.example:5432/console', 'kept');
    expect(await of(url)).toBe('kept');
    expect(await of('postgres://other@db.example/console')).toBeNull();
    expect(await of(url, { TWOFOLD_DATABASE_PASSWORD: 'given' })).toBe('given');
    expect(await of('postgres://ada:own@db.example/console', { TWOFOLD_DATABASE_PASSWORD: 'given' })).toBe(
      'own',
    );
  });
});
