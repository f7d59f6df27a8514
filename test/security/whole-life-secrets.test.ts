// S8: a whole life over real files and HTTP; then every file, log line and answer is searched for every secret.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultPolicy } from '../../src-main/console/policy.ts';
import { runCommandLine } from '../../src-main/hosts/command-line/run-command-line.ts';
import { MemoryPasswordStore } from '../../src-main/secrets/memory-password-store.ts';
import type { ConsoleStep } from '../../src-shared/contract/index.ts';
import { everybody, wholeAudit } from '../fakes/console-queries.ts';
import { type Answer, send } from '../fakes/loopback-page.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';
import { DAY, STEP } from '../unit/console/world.ts';
import { type RealBrowser, RealHost } from './real-host.ts';

/** What a secret is: decides which answers and files may hold it. */
type Kind =
  | 'password'
  | 'one-time password'
  | 'factor'
  | 'recovery code'
  | 'break-glass code'
  | 'token'
  | 'API key'
  | 'account'
  | 'file password'
  | 'passphrase'
  | 'key';

interface KnownSecret {
  readonly kind: Kind;
  readonly name: string;
  readonly spellings: readonly Buffer[];
}

const encodeBase32 = (bytes: Uint8Array): string =>
  new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;

/** Base64 of the bytes wherever they stand in something longer: for each of the three alignments what is sure. */
const inBase64 = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const sure = Math.floor((padded.length * 8) / 6);
    const text = padded.toString('base64').slice(offset === 0 ? 0 : offset + 1, sure);
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** All ways in which these bytes could have been written. */
const spellingsOf = (bytes: Buffer): Buffer[] => {
  const hex = bytes.toString('hex');
  const base32 = encodeBase32(bytes);
  const grouped = (text: string, separator: string): string => (text.match(/.{1,4}/g) ?? []).join(separator);
  const texts = [
    hex,
    hex.toUpperCase(),
    ...inBase64(bytes),
    base32,
    base32.toLowerCase(),
    grouped(base32, ' '),
    grouped(base32, '-'),
    grouped(base32, '%20'),
    [...bytes].join(','),
    [...bytes].join(', '),
  ];
  return [bytes, ...texts.map((text) => Buffer.from(text))];
};

const ofBytes = (kind: Kind, name: string, bytes: Uint8Array): KnownSecret => ({
  kind,
  name,
  spellings: spellingsOf(Buffer.from(bytes)),
});

/** A text: as it stands, in two bytes a character, escaped, and as bytes. */
const ofText = (kind: Kind, name: string, text: string): KnownSecret => ({
  kind,
  name,
  spellings: [
    ...spellingsOf(Buffer.from(text)),
    ...[
      encodeURIComponent(text),
      text.replaceAll('-', ''),
      text.replaceAll(' ', '+'),
      text.toUpperCase(),
      text.toLowerCase(),
    ].map((each) => Buffer.from(each)),
    Buffer.from(text, 'utf16le'),
  ],
});

const holds = (content: Buffer, secret: KnownSecret): boolean =>
  secret.spellings.some((spelling) => content.includes(spelling));

const passwords = {
  maria: 'glass otter 42 lantern',
  mariaNew: 'paper walnut 77 harbour',
  jonas: 'copper meadow 19 violin',
  mistyped: 'glass otter 42 lantern!',
  asUserName: 'typed-password-as-user-name-93',
  backup: 'velvet anchor 58 thunder',
  exported: 'marble cactus 31 feather',
  passphrase: 'orange tunnel 64 blanket',
} as const;
/** RFC 4648 base32 of 20 bytes each, typed and read by the authenticator. */
const typedSecret = Buffer.from('a typed-in secret 20');
const linkedSecret = Buffer.from('one of a link 20 b..');
const refusedSecret = 'REFUSED1SECRET8WITH0WRONG9SIGNS';

let host: RealHost;
const secrets: KnownSecret[] = [];
/** What the command line printed and told. */
let spoken = '';

const know = (...known: KnownSecret[]): void => {
  secrets.push(...known);
};

class Device {
  readonly #totp: TOTP;

  constructor(groupedSecret: string) {
    const secret = Secret.fromBase32(groupedSecret.replaceAll(' ', ''));
    know(ofBytes('factor', `factor ${secrets.length}`, secret.bytes));
    this.#totp = new TOTP({ secret });
  }

  code(offsetMs = 0): string {
    return this.#totp.generate({ timestamp: host.clock.nowMs() + offsetMs });
  }
}

const deviceOf = (step: ConsoleStep): Device => {
  if (step.kind === 'set-up') return new Device(step.sheet.groupedSecret);
  if (step.kind === 'signed-in' && step.pendingReset !== null) {
    return new Device(step.pendingReset.sheet.groupedSecret);
  }
  throw new Error(`The step ${step.kind} shows no secret.`);
};

const FACTOR = ['factor'];

/** Sets 2FA up at the sign-in under way, takes the sheet in both forms, and leaves the secret behind. */
async function setUp(browser: RealBrowser, step: ConsoleStep): Promise<Device> {
  const device = deviceOf(step);
  await browser.call('console:step', {}, FACTOR);
  await browser.refused('console:confirmSetUp', { code: '000000' });
  await browser.call('console:confirmSetUp', { code: device.code() }, FACTOR);
  for (const format of ['png', 'pdf'] as const) await browser.call('console:secretFile', { format }, FACTOR);
  await browser.call('console:finishSetUp', {});
  host.clock.advance(STEP);
  return device;
}

const signIn = (browser: RealBrowser, userName: string, password: string, mayHold: readonly string[] = []) =>
  browser.call('console:signIn', { userName, password }, mayHold);

const Added = z.object({ oneTimePassword: z.string() });

/** Another program: reads users, adds one, and is refused with a made-up key and where its scopes do not reach. */
async function actAsProgram(key: string): Promise<void> {
  const ask = async (
    method: string,
    path: string,
    more: { readonly body?: string; readonly shown?: string; readonly mayHold?: readonly Kind[] } = {},
  ): Promise<Answer> => {
    const { body, shown = key, mayHold = [] } = more;
    const answer = await send(host.address, {
      method,
      path: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${shown}`,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body ?? '')),
      },
      ...(body === undefined ? {} : { body }),
    });
    host.answers.push({
      what: `${method} ${path}`,
      text: `${JSON.stringify(answer.headers)}\n${answer.body}`,
      mayHold,
    });
    return answer;
  };
  expect((await ask('GET', '/users')).status).toBe(200);
  const body = JSON.stringify({ userName: 'made.by.program', displayName: 'Made', unitId: null });
  const added = await ask('POST', '/users', { body, mayHold: ['one-time password'] });
  expect(added.status).toBe(201);
  const { oneTimePassword } = Added.parse(JSON.parse(added.body));
  know(ofText('one-time password', 'made by a program', oneTimePassword));
  const refused = [
    await ask('GET', '/users', { shown: key.slice(0, -1) }),
    await ask('POST', '/users', { body: JSON.stringify({ userName: key, displayName: key, more: key }) }),
    await ask('GET', `/users/${key}`),
  ];
  expect(refused.map(({ status }) => status)).toEqual([401, 422, 404]);
}

async function liveInTheConsole(): Promise<void> {
  const maria = await host.browser();
  const jonas = await host.browser();
  const others = await host.browser();
  await maria.call('console:createOrganization', {
    organization: 'Northwind',
    displayName: 'Maria Keller',
    userName: 'maria.keller',
    password: passwords.maria,
  });
  const added = await maria.call(
    'administration:addUser',
    { userName: 'jonas.frei', displayName: 'Jonas Frei', role: 'user', unitId: null },
    ['one-time password'],
  );
  know(ofText('one-time password', 'of Jonas', added.oneTimePassword));
  const imported = await maria.call(
    'administration:importUsers',
    { content: 'amara.okafor,Amara Okafor\nlin.wei,Lin Wei', jobId: 'job-1', code: null },
    ['one-time password'],
  );
  const rows = Buffer.from(imported.file.content).toString('utf8').trim().split(/\r?\n/).slice(1);
  expect(rows).toHaveLength(2);
  for (const row of rows) know(ofText('one-time password', row.split(',')[0] ?? '', row.split(',')[4] ?? ''));
  const broken = await maria.call('administration:makeBreakGlass', { code: null }, ['break-glass code']);
  for (const [index, code] of broken.codes.entries()) know(ofText('break-glass code', `${index}`, code));
  const { key, record } = await maria.call(
    'administration:makeApiKey',
    { name: 'Provisioning', scopes: ['users:read', 'users:write'], expiresAtMs: null, code: null },
    ['API key'],
  );
  know(ofText('API key', 'Provisioning', key));
  await actAsProgram(key);
  await maria.call('administration:apiKeys', {});
  await maria.call('administration:revokeApiKey', { keyId: record.id, code: null });
  await maria.call('administration:savePolicy', {
    policy: { ...defaultPolicy, recoveryCodes: true },
    code: null,
  });
  await maria.call('administration:setTwoFactor', { turnOn: true, code: null });
  await maria.call('console:signOut', {});

  // Passwords where they do not belong, and wrong ones.
  await others.refused('console:signIn', { userName: passwords.asUserName, password: passwords.mistyped });
  await others.refused('console:signIn', { userName: 'maria.keller', password: passwords.mistyped });
  let mariasDevice = await setUp(maria, await signIn(maria, 'maria.keller', passwords.maria, FACTOR));

  await signIn(jonas, 'jonas.frei', added.oneTimePassword);
  await jonas.refused('console:changePassword', { newPassword: added.oneTimePassword });
  const chosen = await jonas.call('console:changePassword', { newPassword: passwords.jonas }, FACTOR);
  let device = await setUp(jonas, chosen);
  await jonas.call('console:signOut', {});
  await signIn(jonas, 'jonas.frei', passwords.jonas);
  await jonas.refused('console:submitCode', { code: device.code(-5 * STEP), trustBrowser: false });
  await jonas.refused('console:submitRecoveryCode', { code: 'ABCD-EFGH-JKLM-NPQR' });
  await jonas.call('console:submitCode', { code: device.code(), trustBrowser: true });
  host.clock.advance(STEP);
  const recovery = await jonas.call('console:makeRecoveryCodes', { code: device.code() }, ['recovery code']);
  for (const [index, code] of recovery.codes.entries()) know(ofText('recovery code', `${index}`, code));
  host.clock.advance(STEP);
  await jonas.call('console:proveBackup', { code: device.code() });
  host.clock.advance(STEP);
  const resetting = await jonas.call('console:startReset', { code: device.code() }, FACTOR);
  device = deviceOf(resetting);
  await jonas.call('console:confirmReset', { code: device.code() }, FACTOR);
  await jonas.call('console:finishSetUp', {});
  await jonas.refused('console:secretFile', { format: 'pdf' });
  host.clock.advance(STEP);
  const more = await jonas.call('console:makeRecoveryCodes', { code: device.code() }, ['recovery code']);
  for (const [index, code] of more.codes.entries()) know(ofText('recovery code', `new ${index}`, code));
  host.clock.advance(STEP);
  await jonas.call('console:signOut', {});
  await signIn(jonas, 'jonas.frei', passwords.jonas);
  await jonas.call('console:lostDevice', {});
  await jonas.call('console:submitRecoveryCode', { code: more.codes[0] ?? '' });
  await jonas.call('console:myAccount', {});

  // A trusted browser, its use, and its theft.
  await jonas.call('console:signOut', {});
  await signIn(jonas, 'jonas.frei', passwords.jonas);
  await jonas.call('console:submitCode', { code: device.code(), trustBrowser: true });
  host.clock.advance(STEP);
  const thief = await host.browser();
  for (const [name, value] of jonas.cookies) if (name.endsWith('-trust')) thief.cookies.set(name, value);
  await jonas.call('console:signOut', {});
  expect((await signIn(jonas, 'jonas.frei', passwords.jonas)).kind).toBe('signed-in');
  expect((await signIn(thief, 'jonas.frei', passwords.jonas)).kind).toBe('code');

  // What an administrator sees and takes along.
  const jonasId = added.user.id;
  const { users } = await maria.call('administration:directory', everybody);
  const amaraId = users.find(({ userName }) => userName === 'amara.okafor')?.id ?? '';
  const issued = await maria.call(
    'administration:newOneTimePassword',
    { userId: amaraId, code: mariasDevice.code() },
    ['one-time password'],
  );
  know(ofText('one-time password', 'new of Amara', issued.oneTimePassword));
  host.clock.advance(STEP);
  await maria.call('administration:resetFactor', { userId: jonasId, code: mariasDevice.code() });
  await maria.call('administration:user', { userId: jonasId });
  await maria.call('administration:explain', { userId: jonasId, atMs: null, browser: 'unknown' });
  await maria.call('administration:rollOut', {});
  await maria.call('administration:breakGlass', {});
  const { search, filter, unitId, sort, descending } = everybody;
  await maria.call('administration:exportUsers', { search, filter, unitId, sort, descending });
  await maria.call('console:signOut', {});

  // The last administrator has lost the device.
  await signIn(maria, 'maria.keller', passwords.maria);
  await maria.refused('console:useBreakGlass', { code: 'ABCD-EFGH-JKLM-NPQR' });
  await maria.call('console:useBreakGlass', { code: broken.codes[0] ?? '' });
  host.clock.advance(DAY);
  await signIn(maria, 'maria.keller', passwords.maria);
  const open = await maria.call('console:useBreakGlass', { code: broken.codes[0] ?? '' }, FACTOR);
  mariasDevice = await setUp(maria, open);
  await maria.call('console:changeMyPassword', {
    currentPassword: passwords.maria,
    newPassword: passwords.mariaNew,
    code: mariasDevice.code(),
  });
  await maria.call('administration:audit', wholeAudit);
  expect(await maria.call('administration:verifyAudit', {})).toMatchObject({ kind: 'intact' });
  const { beforeSequence: _before, limit: _limit, ...query } = wholeAudit;
  for (const format of ['csv', 'jsonl'] as const) {
    await maria.call('administration:exportAudit', { ...query, format });
  }
  await maria.refused('administration:resetFactor', { userId: 'nobody', code: mariasDevice.code() });
  for (const browser of [maria, jonas, others, thief]) {
    for (const token of browser.tokens) know(ofText('token', `token ${secrets.length}`, token));
  }
}

async function liveWithTheAuthenticator(): Promise<void> {
  const browser = await host.browser();
  const typed = {
    type: 'totp',
    issuer: 'Typed',
    name: 'maria',
    algorithm: 'SHA-1',
    digits: 6,
    periodS: 30,
    counter: 0,
  } as const;
  const account = await browser.call('authenticator:addManually', {
    ...typed,
    secret: encodeBase32(typedSecret),
  });
  await browser.refused('authenticator:addManually', { ...typed, secret: refusedSecret });
  await browser.refused('authenticator:addManually', { ...typed, secret: encodeBase32(typedSecret) });
  const link = `otpauth://totp/Linked:maria?secret=${encodeBase32(linkedSecret)}&issuer=Linked`;
  const preview = await browser.call('transfer:readText', { previewId: null, text: link });
  const [candidate] = preview.candidates;
  await browser.call('transfer:add', {
    previewId: preview.id,
    choices: [{ id: candidate?.id ?? '', action: 'add' }],
  });
  await browser.envelope('transfer:readText', {
    previewId: null,
    text: `otpauth://totp/Bad?secret=${refusedSecret}`,
  });
  await browser.call('authenticator:list', {});
  await browser.call('authenticator:codes', { ids: [account.id] });
  await browser.call('authenticator:details', { id: account.id });
  await browser.call('authenticator:reveal', { id: account.id, passphrase: null }, ['account']);
  const backups = join(host.folder, 'backups');
  mkdirSync(backups);
  await browser.call('backup:setUp', {
    password: passwords.backup,
    plan: { folder: backups, automatic: false, generations: 3 },
  });
  await browser.call('backup:test', { password: passwords.backup });
  await browser.refused('backup:test', { password: passwords.exported });
  await browser.call('transfer:export', {
    format: 'twofold',
    ids: null,
    password: passwords.exported,
    passphrase: null,
  });
  await browser.call('transfer:export', { format: 'aegis', ids: null, password: null, passphrase: null });
  await browser.call('app:moveKeys', { to: 'passphrase', passphrase: passwords.passphrase });
  await browser.call('app:lock', {});
  await browser.refused('app:enterPassphrase', { passphrase: passwords.backup });
  host.clock.advance(DAY);
  await browser.call('app:enterPassphrase', { passphrase: passwords.passphrase });
  await browser.call('app:status', {});
  for (const token of browser.tokens) know(ofText('token', `token ${secrets.length}`, token));
}

async function type(args: readonly string[], secret: string | readonly string[]): Promise<void> {
  const terminal = new FakeTerminal(secret);
  const exitCode = await runCommandLine(args, {
    terminal,
    clock: host.clock,
    keychain: host.keychain,
    passwords: new MemoryPasswordStore(),
    variables: {},
    openClipboard: () => {
      throw new Error('Not part of this test.');
    },
    home: host.home,
    version: '0',
    pages: '/nowhere',
  });
  spoken += `${args.join(' ')} ${exitCode}\n${terminal.printed}\n${terminal.told}\n`;
}

beforeAll(async () => {
  host = new RealHost();
  for (const [name, text] of Object.entries(passwords)) {
    const kind = name === 'backup' || name === 'exported' ? 'file password' : 'password';
    know(ofText(name === 'passphrase' ? 'passphrase' : kind, name, text));
  }
  know(ofBytes('account', 'typed', typedSecret), ofBytes('account', 'linked', linkedSecret));
  know(ofText('account', 'refused', refusedSecret));
  await host.start();
  await liveInTheConsole();
  for (const name of host.keychain.names()) {
    const reading = await host.keychain.read(name);
    if (reading.kind === 'found') know(ofBytes('key', name, reading.key));
  }
  // A restart in the middle: what is read again is written again.
  await host.stop();
  await host.start();
  await liveWithTheAuthenticator();
  await host.stop();
  await type(['list'], passwords.passphrase);
  await type(['codes', 'Typed'], passwords.passphrase);
  await type(['list'], passwords.backup);
  await type(['backup'], passwords.passphrase);
  await type(['backup', '--test'], [passwords.passphrase, passwords.backup]);
  await type(
    ['export', '--format', 'twofold', '--output', join(host.folder, 'typed.twofold')],
    passwords.passphrase,
  );
}, 120_000);
afterAll(() => host.remove());

describe('S8, S18: after a whole life', () => {
  test('there were secrets of every kind, and the search finds each where it was handed out', () => {
    const kinds: readonly Kind[] = [
      'password',
      'one-time password',
      'factor',
      'recovery code',
      'break-glass code',
      'token',
      'API key',
      'account',
      'file password',
      'passphrase',
      'key',
    ];
    expect(new Set(secrets.map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(secrets.length).toBeGreaterThan(60);
    for (const kind of [
      'one-time password',
      'factor',
      'recovery code',
      'break-glass code',
      'API key',
    ] as const) {
      const allowed = host.answers.filter(({ mayHold }) => mayHold.includes(kind));
      const all = Buffer.from(allowed.map(({ text }) => text).join('\n'));
      for (const secret of secrets.filter((each) => each.kind === kind)) {
        // Of the file of one-time passwords the bytes went over the wire in base64.
        expect([secret.name, holds(all, secret)]).toEqual([secret.name, true]);
      }
    }
    const plain = [...host.files()].find(([path]) => path.includes('Downloads') && path.endsWith('.json'));
    expect(plain).toBeDefined();
    const typed = secrets.find(({ name }) => name === 'typed');
    expect(plain !== undefined && typed !== undefined && holds(plain[1], typed)).toBe(true);
  });

  test('no answer holds a secret that it is not there to hand out', () => {
    expect(host.answers.length).toBeGreaterThan(80);
    const found = host.answers.flatMap(({ what, text, mayHold }) => {
      const content = Buffer.from(text);
      return secrets
        .filter((secret) => !mayHold.includes(secret.kind) && holds(content, secret))
        .map(({ kind, name }) => `${what}: ${kind} ${name}`);
    });
    expect(found).toEqual([]);
  });

  test('no file holds one, but the export in clear that was asked for', () => {
    const files = host.files();
    expect(files.size).toBeGreaterThan(6);
    const found = [...files].flatMap(([path, content]) =>
      secrets
        .filter(({ kind }) => !(kind === 'account' && path.includes('Downloads') && path.endsWith('.json')))
        .filter(
          (secret) =>
            holds(content, secret) || secret.spellings.some((each) => path.includes(each.toString())),
        )
        .map(({ kind, name }) => `${path.slice(host.folder.length)}: ${kind} ${name}`),
    );
    expect(found).toEqual([]);
  });

  test('no log line and nothing that the command line said holds one', () => {
    expect(spoken).toMatch(
      /^list 0\nTyped[^]*codes Typed 0[^]*list 4[^]*backup 0[^]*backup --test 0[^]*written/,
    );
    const content = Buffer.from([spoken, ...host.log].join('\n'));
    expect(secrets.filter((secret) => holds(content, secret)).map(({ name }) => name)).toEqual([]);
    expect(host.log).toEqual([]);
  });
});
