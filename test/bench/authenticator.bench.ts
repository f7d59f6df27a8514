// Measures the authenticator: codes per second beside other libraries, and a large vault to its first codes.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crypto as nodeCrypto } from '@otplib/plugin-crypto-node';
import { Secret, TOTP } from 'otpauth';
import { generateSync } from 'otplib';
import { AccountCodes } from '../../src-main/authenticator/account-codes.ts';
import { Authenticator } from '../../src-main/authenticator/authenticator.ts';
import { Vault } from '../../src-main/authenticator/vault.ts';
import { vaultCodec } from '../../src-main/authenticator/vault-codec.ts';
import { VaultDoor } from '../../src-main/authenticator/vault-door.ts';
import {
  emptyVaultDocument,
  type VaultAccount,
  type VaultDocument,
} from '../../src-main/authenticator/vault-document.ts';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import { encodeBase32 } from '../../src-main/otp/base32.ts';
import { decimalCode } from '../../src-main/otp/code-text.ts';
import { FastKey } from '../../src-main/otp/fast-engine.ts';
import { DurableFile } from '../../src-main/storage/durable-file.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './report.ts';

const ACCOUNTS = 10_000;
const ROUNDS = 7;
const FIRST_SCREEN = 20;

/** A way to the codes of all accounts at one counter. */
interface Contender {
  readonly name: string;
  readonly codesAt: (counter: number) => string[];
}

function contenders(secrets: readonly Buffer[]): readonly [Contender, ...Contender[]] {
  const keys = secrets.map((secret) => new FastKey(secret, 'SHA-1'));
  const totps = secrets.map((secret) => new TOTP({ secret: new Secret({ buffer: toArrayBuffer(secret) }) }));
  return [
    {
      name: 'Twofold',
      codesAt: (counter) => keys.map((key) => decimalCode(key.valueAt(counter), 6)),
    },
    {
      name: 'otplib, its own crypto',
      codesAt: (counter) => secrets.map((secret) => generateSync({ secret, epoch: counter * 30 })),
    },
    {
      name: "otplib, Node's crypto",
      codesAt: (counter) =>
        secrets.map((secret) => generateSync({ secret, epoch: counter * 30, crypto: nodeCrypto })),
    },
    {
      name: 'otpauth',
      codesAt: (counter) => totps.map((totp) => totp.generate({ timestamp: counter * 30_000 })),
    },
    { name: 'bare createHmac', codesAt: (counter) => secrets.map((secret) => bareCode(secret, counter)) },
  ];
}

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** RFC 4226 in as few steps as Node allows. */
function bareCode(secret: Buffer, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(message).digest();
  const offset = digest.readUInt8(19) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Codes per second for 10,000 accounts, each way in turn in each round, so that all meet the same machine. */
export function codesPerSecond(): BenchRow[] {
  const secrets = Array.from({ length: ACCOUNTS }, () => randomBytes(20));
  const ways = contenders(secrets);
  const rates = new Map(ways.map(({ name }) => [name, new Array<number>()]));
  // The first round warms up and checks that all agree.
  const expected = ways[0].codesAt(56_666_666).join();
  for (const { name, codesAt } of ways) {
    if (codesAt(56_666_666).join() !== expected) throw new Error(`${name} answers other codes.`);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, codesAt } of ways) {
      const startMs = performance.now();
      codesAt(56_666_667 + round);
      rates.get(name)?.push((ACCOUNTS * 1000) / (performance.now() - startMs));
    }
  }
  const results = ways.map(({ name }) => ({ name, rate: median(rates.get(name) ?? []) }));
  const ours = results[0]?.rate ?? Number.NaN;
  const fastestOther = Math.max(...results.slice(1).map(({ rate }) => rate));
  return [
    ...results.map(({ name, rate }) => ({
      name: `codes, ${ACCOUNTS} accounts: ${name}`,
      value: Math.round(rate),
      unit: 'codes/s',
      note: `median of ${ROUNDS} rounds, taken in turn`,
    })),
    {
      name: 'codes: Twofold against the fastest other',
      value: Number((ours / fastestOther).toFixed(2)),
      unit: '×',
      note: 'aim: 1 or more; keys are prepared once for each account, as in use',
    },
    { ...firstCodesOfAll(secrets) },
  ];
}

/** The first codes of all accounts, with their secrets still in base32: what preparing the keys costs. */
function firstCodesOfAll(secrets: readonly Buffer[]): BenchRow {
  const accounts = secrets.map((secret, index) => account(index, secret));
  const spans = Array.from({ length: ROUNDS }, () => {
    const codes = new AccountCodes();
    const startMs = performance.now();
    for (const each of accounts) codes.at(each, 1_800_000_000_000);
    return performance.now() - startMs;
  });
  return {
    name: `first and next code of ${ACCOUNTS} accounts, nothing prepared`,
    value: Number(median(spans).toFixed(1)),
    unit: 'ms',
  };
}

const account = (index: number, secret: Buffer): VaultAccount => ({
  id: `account-${index}`,
  issuer: `Issuer ${index % 300}`,
  name: `person.${index}@example.org`,
  type: 'totp',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  secret: encodeBase32(secret),
  counter: null,
  tags: [],
  note: '',
  pinned: false,
  useCount: 0,
  lastUsedAtMs: null,
  createdAtMs: 1_800_000_000_000 + index,
  deletedAtMs: null,
});

/** From the sealed file of 10,000 accounts to the list and the codes of the first screenful. */
export async function openLargeVault(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twofold-bench-'));
  try {
    const path = join(folder, 'authenticator.vault');
    const codec = vaultCodec({ id: 'bench', bytes: randomBytes(32) });
    const accounts = Array.from({ length: ACCOUNTS }, (_, index) => account(index, randomBytes(20)));
    const document: VaultDocument = { ...emptyVaultDocument(), accounts };
    await new DurableFile({ path, ...codec }).write(document);
    const spans: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const authenticator = new Authenticator({
        door: new VaultDoor(() => Vault.open(new DurableFile({ path, ...codec }), systemClock.nowMs())),
        clock: systemClock,
        events: new EventHub(),
        correctionMs: () => 0,
      });
      const startMs = performance.now();
      const listed = await authenticator.list();
      const { codes } = await authenticator.codes(listed.slice(0, FIRST_SCREEN).map(({ id }) => id));
      spans.push(performance.now() - startMs);
      if (codes.length !== FIRST_SCREEN) throw new Error('The first screenful is not complete.');
    }
    const row = (name: string, spanMs: number): BenchRow => ({
      name: `vault of ${ACCOUNTS} accounts to its first ${FIRST_SCREEN} codes, ${name}`,
      value: Number(spanMs.toFixed(1)),
      unit: 'ms',
      note: 'aim: under 150 ms',
    });
    return [row('first time in the process', spans[0] ?? Number.NaN), row('median', median(spans))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** All measurements of the authenticator. The vault goes first, in a process that is not warm yet. */
export async function authenticatorBench(): Promise<BenchRow[]> {
  const vault = await openLargeVault();
  return [...codesPerSecond(), ...vault];
}
