// The keychain adapter over a stand-in for keytar: absent, unavailable and why, and no endless waiting.
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import type { KeychainOptions } from '../../../src-main/secrets/keychain.ts';
import { KeychainKeyStore } from '../../../src-main/secrets/keychain-key-store.ts';

const KEY = Buffer.alloc(32, 7);

function setUp(members: Record<string, unknown> = {}, options: Partial<KeychainOptions> = {}) {
  const entries = new Map<string, string>();
  const clock = new VirtualClock(0);
  const keytar = {
    getPassword: (service: string, account: string) =>
      Promise.resolve(entries.get(`${service}/${account}`) ?? null),
    setPassword: (service: string, account: string, password: string) => {
      entries.set(`${service}/${account}`, password);
      return Promise.resolve();
    },
    deletePassword: (service: string, account: string) =>
      Promise.resolve(entries.delete(`${service}/${account}`)),
    ...members,
  };
  const store = new KeychainKeyStore({
    clock,
    platform: 'linux',
    load: () => Promise.resolve({ default: keytar }),
    ...options,
  });
  return { store, entries, clock };
}

const fails = (message: string) => () => Promise.reject(new Error(message));

test('a key is kept as base64url under the service Twofold, and found again', async () => {
  const { store, entries } = setUp();
  await store.write('vault-1', KEY);
  expect([...entries]).toEqual([['Twofold/vault-1', KEY.toString('base64url')]]);
  expect(await store.read('vault-1')).toEqual({ kind: 'found', key: KEY });
  await store.remove('vault-1');
  await store.remove('vault-1');
  expect(await store.read('vault-1')).toEqual({ kind: 'absent' });
  expect(entries.size).toBe(0);
});

test('null from a locked Linux keyring is not absent: only one that can be written to says that', async () => {
  const { store } = setUp({ setPassword: fails('Cannot create an item in a locked collection') });
  expect(await store.read('vault-1')).toEqual({ kind: 'unavailable', reason: 'The OS keychain is locked.' });
});

test('on macOS and Windows null means absent, without a trial entry', async () => {
  const { store } = setUp({ setPassword: fails('not called') }, { platform: 'darwin' });
  expect(await store.read('vault-1')).toEqual({ kind: 'absent' });
});

test.each([
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'No keychain service answers: this session has no D-Bus.'],
  [
    'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
    'The OS keychain is locked, or has no keyring yet.',
  ],
  ['something\nwith more lines', 'The OS keychain does not answer: something.'],
])('keytar fails with %j: unavailable, in plain words', async (message, reason) => {
  const { store } = setUp({ getPassword: fails(message), setPassword: fails(message) });
  expect(await store.read('vault-1')).toEqual({ kind: 'unavailable', reason });
  await expect(store.write('vault-1', KEY)).rejects.toMatchObject({
    code: 'key-unavailable',
    details: { reason },
  });
});

test.each([
  [Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' }), 'is not installed'],
  [Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' }), 'is not installed'],
  [new Error('libsecret-1.so.0: cannot open shared object file'), 'does not load on this computer'],
])('keytar is not there (%s): unavailable, and why', async (error, reason) => {
  const { store } = setUp({}, { load: () => Promise.reject(error) });
  const reading = await store.read('vault-1');
  expect(reading).toMatchObject({ kind: 'unavailable' });
  expect(JSON.stringify(reading)).toContain(reason);
});

test('a module that is something else is unavailable', async () => {
  const { store } = setUp({}, { load: () => Promise.resolve({ default: {} }) });
  expect(await store.read('vault-1')).toMatchObject({ kind: 'unavailable' });
});

test('a call that never ends is given up after 20 seconds', async () => {
  const { store, clock } = setUp({ getPassword: () => new Promise(() => undefined) });
  const reading = store.read('vault-1');
  clock.advance(20_000);
  expect(await reading).toEqual({
    kind: 'unavailable',
    reason:
      'The OS keychain does not answer: no answer within 20 seconds; a prompt to unlock it may be waiting.',
  });
});

test.each([['short'], [''], ['!'.repeat(43)], [Buffer.alloc(33).toString('base64url')]])(
  'an entry with %j is no key, and is not absent either',
  async (text) => {
    const { store, entries } = setUp();
    entries.set('Twofold/vault-1', text);
    expect(await store.read('vault-1')).toMatchObject({ kind: 'unavailable' });
  },
);
