// G17 over the real services: what locks, what is gone then, and what proves that the user is there.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { type Services, startServices } from '../../src-main/services.ts';
import {
  type EventName,
  Failure,
  type Input,
  type MethodName,
  methods,
  type Output,
  type Settings,
} from '../../src-shared/contract/index.ts';
import { nobody } from '../fakes/recording-router.ts';

const PASSPHRASE = 'glass otter 42 lantern';
const MINUTE_MS = 60_000;
const outputs: { readonly [M in MethodName]: { readonly output: { parse(value: unknown): Output<M> } } } =
  methods;

let home: string;
let services: Services;
let clock: VirtualClock;
let events: EventName[];
let clipboard: string;

async function start({ withKeychain = false } = {}): Promise<void> {
  home = mkdtempSync(join(tmpdir(), 'twofold-lock-'));
  clock = new VirtualClock(Date.UTC(2026, 10, 17));
  const keychain = new MemoryKeyStore();
  if (!withKeychain) keychain.refuse('No keychain service answers.');
  clipboard = '';
  services = await startServices({
    host: 'test',
    home,
    version: '0.0.0',
    clock,
    keychain,
    clipboard: {
      write: (text) => {
        clipboard = text;
        return Promise.resolve();
      },
      clearIfHolds: (text) => {
        if (clipboard === text) clipboard = '';
        return Promise.resolve();
      },
    },
    openBrowser: () => Promise.resolve({ url: null }),
    onFault: (method, frames) => {
      throw new Error(`${method}: ${frames}`);
    },
  });
  onTestFinished(async () => {
    await services.close();
    rmSync(home, { recursive: true, force: true });
  });
  events = [];
  services.events.subscribe((event) => events.push(event));
}

async function call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
  const envelope = await services.router(method, input, nobody);
  if (envelope.ok) return outputs[method].output.parse(envelope.value);
  throw Object.assign(new Error(envelope.error.message), Failure.parse(envelope.error));
}

const lockState = async (): Promise<string> => (await call('app:status', {})).keys.kind;

async function change(settings: Partial<Settings>): Promise<void> {
  await call('app:saveSettings', { ...(await call('app:status', {})).settings, ...settings });
}

const addAccount = (issuer: string) =>
  call('authenticator:addManually', {
    type: 'totp',
    issuer,
    name: 'maria.keller',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    algorithm: 'SHA-1',
    digits: 6,
    periodS: 30,
    counter: 0,
  });

describe('with a passphrase', () => {
  beforeEach(async () => {
    await start();
    await call('app:choosePassphrase', { passphrase: PASSPHRASE });
    // No time server is asked in a test.
    await change({ timeServers: [], timeFallbacks: [] });
    await addAccount('Northwind');
    events.splice(0);
  });

  test('G17: after five minutes without a sign of the user it locks; the accounts are out of reach until the unlock', async () => {
    clock.advance(5 * MINUTE_MS - 1);
    expect(await lockState()).toBe('ready');
    clock.advance(1);
    expect(await lockState()).toBe('enter-passphrase');
    expect(events).toContain('app:changed');
    for (const asked of [
      call('authenticator:list', {}),
      call('authenticator:trash', {}),
      call('transfer:readText', { previewId: null, text: 'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP' }),
      call('backup:status', {}),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'key-needed' });
    }
    await call('app:enterPassphrase', { passphrase: PASSPHRASE });
    expect((await call('authenticator:list', {})).accounts).toMatchObject([{ issuer: 'Northwind' }]);
  });

  test('G17: a sign of the user begins the time anew, after the unlock it does by itself, and 0 means never', async () => {
    clock.advance(4 * MINUTE_MS);
    await call('app:active', {});
    clock.advance(4 * MINUTE_MS);
    expect(await lockState()).toBe('ready');
    clock.advance(MINUTE_MS);
    expect(await lockState()).toBe('enter-passphrase');
    clock.advance(100 * MINUTE_MS);
    await call('app:enterPassphrase', { passphrase: PASSPHRASE });
    clock.advance(4 * MINUTE_MS);
    expect(await lockState()).toBe('ready');
    await change({ locksAfterMinutes: 0 });
    clock.advance(1_000 * MINUTE_MS);
    expect(await lockState()).toBe('ready');
  });

  test('G17: a shorter time takes effect at once', async () => {
    clock.advance(2 * MINUTE_MS);
    await change({ locksAfterMinutes: 1 });
    expect(await lockState()).toBe('enter-passphrase');
  });

  test('G17: woken after a sleep longer than the time, it is locked', async () => {
    clock.setWallClock(clock.nowMs() + 60 * MINUTE_MS);
    services.wake();
    expect(await lockState()).toBe('enter-passphrase');
  });

  test('G17: locked, a copied code leaves the clipboard, and a preview its secrets', async () => {
    const [account] = (await call('authenticator:list', {})).accounts;
    await call('authenticator:copyCode', { id: account?.id ?? '', which: 'current' });
    const { id } = await call('transfer:readText', {
      previewId: null,
      text: 'otpauth://totp/GitHub:maria?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=GitHub',
    });
    expect(clipboard).toMatch(/^\d{6}$/u);
    expect(await call('app:lock', {})).toMatchObject({ kind: 'enter-passphrase' });
    await call('app:enterPassphrase', { passphrase: PASSPHRASE });
    expect(clipboard).toBe('');
    await expect(call('transfer:preview', { previewId: id })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('G17: locking twice is no error, and a lock by the system is the same lock', async () => {
    services.lock();
    expect(await lockState()).toBe('enter-passphrase');
    services.lock();
    expect(await call('app:lock', {})).toMatchObject({ kind: 'enter-passphrase' });
  });

  test('G17: a secret is shown and exported in clear only with the passphrase', async () => {
    const [account] = (await call('authenticator:list', {})).accounts;
    const id = account?.id ?? '';
    for (const [passphrase, reason] of [
      [null, 'missing'],
      ['another one', 'wrong'],
    ] as const) {
      await expect(call('authenticator:reveal', { id, passphrase })).rejects.toMatchObject({
        code: 'passphrase-refused',
        details: { reason },
      });
    }
    await expect(
      call('transfer:export', { format: 'aegis', ids: null, password: null, passphrase: null }),
    ).rejects.toMatchObject({ details: { reason: 'missing' } });
    expect(await call('authenticator:reveal', { id, passphrase: PASSPHRASE })).toMatchObject({
      secret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
    });
  });

  test('a changed passphrase opens, the one before does not', async () => {
    await call('app:changePassphrase', { present: PASSPHRASE, next: 'paper walnut harbour' });
    await call('app:lock', {});
    await expect(call('app:enterPassphrase', { passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'passphrase-refused',
    });
    await call('app:enterPassphrase', { passphrase: 'paper walnut harbour' });
    expect(await lockState()).toBe('ready');
  });

  test('backup: a change before the lock is backed up after the unlock', async () => {
    const folder = `${home}-backups`;
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const plan = { folder, automatic: true, generations: 3 };
    await call('backup:setUp', { password: PASSPHRASE, plan });
    await addAccount('GitHub');
    await call('app:lock', {});
    clock.advance(MINUTE_MS);
    await call('app:enterPassphrase', { passphrase: PASSPHRASE });
    expect(await call('backup:status', {})).toMatchObject({ isBehind: true, lastFailure: null });
    expect(readdirSync(folder)).toHaveLength(1);
    clock.advance(MINUTE_MS);
    await expect
      .poll(async () => (await call('backup:status', {})).isBehind, { timeout: 10_000 })
      .toBe(false);
    expect(readdirSync(folder)).toHaveLength(2);
  });
});

test('G17: with the keychain there is nothing to lock: said where it was asked for, and never by itself', async () => {
  await start({ withKeychain: true });
  await addAccount('Northwind');
  await expect(call('app:lock', {})).rejects.toMatchObject({ code: 'conflict' });
  services.lock();
  clock.advance(1_000 * MINUTE_MS);
  expect(await lockState()).toBe('ready');
  const [account] = (await call('authenticator:list', {})).accounts;
  expect(await call('authenticator:reveal', { id: account?.id ?? '', passphrase: null })).toHaveProperty(
    'secret',
  );
});

test('G17: moved from the keychain to a passphrase, the time begins', async () => {
  await start({ withKeychain: true });
  clock.advance(100 * MINUTE_MS);
  await call('app:moveKeys', { to: 'passphrase', passphrase: PASSPHRASE });
  clock.advance(5 * MINUTE_MS - 1);
  expect(await lockState()).toBe('ready');
  clock.advance(1);
  expect(await lockState()).toBe('enter-passphrase');
});
