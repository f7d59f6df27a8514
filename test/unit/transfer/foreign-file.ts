// Files of other apps in tests: reads golden ones, catches refusals, and spoils files at random.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';
import type {
  ImportedAccount,
  ImportResult,
} from '../../../src-main/authenticator/transfer/imported-account.ts';
import type { Importer } from '../../../src-main/authenticator/transfer/importer.ts';
import { TwofoldError } from '../../../src-shared/contract/index.ts';

/** The password of every encrypted golden file. */
export const PASSWORD = 'correct horse';

export const golden = (path: string): Uint8Array =>
  Uint8Array.from(readFileSync(new URL(`../../vectors/transfer/${path}`, import.meta.url)));

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const jsonBytesOf = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value));

export const reading = (password: string | null = null, signal = new AbortController().signal) => ({
  password,
  signal,
  onProgress: () => undefined,
});

export const read = (importer: Importer, content: Uint8Array, password: string | null = null) =>
  importer.read(content, reading(password));

/** Matches a text by a part of it. */
export const containing = (part: string): unknown => expect.stringContaining(part);

/** What a reading is refused with; null when it is not. Errors of any other kind pass. */
export async function refusal(work: Promise<unknown>) {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    return { code: error.code, reason: error.details?.['reason'], message: error.message };
  }
}

/** An account with what most have; `differences` are what a test is about. */
export const account = (differences: Partial<ImportedAccount>): ImportedAccount => ({
  type: 'totp',
  issuer: '',
  name: '',
  secret: 'JBSWY3DPEHPK3PXP',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: null,
  tags: [],
  note: '',
  pinned: false,
  ...differences,
});

const strange = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    true,
    false,
    '',
    [],
    {},
    -1,
    0,
    0.5,
    1e308,
    2 ** 53,
    '9'.repeat(400),
    '\ud800',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** All places in a JSON value, as paths. */
function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]: [string, unknown]) => placesIn(member, [...path, key]))
      : [];
  return [[...path], ...inside];
}

function replaced(value: unknown, [key, ...path]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) =>
      String(index) === key ? replaced(member, path, by) : member,
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      name === key ? replaced(member, path, by) : member,
    ]),
  );
}

/** The file with up to three of its JSON values replaced by anything at all. */
export function spoiledJson(content: Uint8Array): fc.Arbitrary<Uint8Array> {
  const value: unknown = JSON.parse(new TextDecoder().decode(content));
  const place = fc.constantFrom(...placesIn(value));
  return fc
    .array(fc.tuple(place, strange), { minLength: 1, maxLength: 3 })
    .map((changes) => jsonBytesOf(changes.reduce((before, [path, by]) => replaced(before, path, by), value)));
}

/** The file cut, or with some bytes changed. */
export const spoiledBytes = (content: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.nat({ max: content.length }).map((length) => content.slice(0, length)),
    fc
      .array(fc.tuple(fc.nat({ max: content.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 5,
      })
      .map((changes) => {
        const bytes = content.slice();
        for (const [index, value] of changes) bytes[index] = value;
        return bytes;
      }),
  );

/** Reads files that are hostile, and proves that nothing but a proper refusal comes out, and accounts that are sound. */
export async function expectNoSurprise(
  importer: Importer,
  files: fc.Arbitrary<Uint8Array>,
  { password = null, runs = 150 }: { password?: string | null; runs?: number } = {},
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(files, async (content) => {
      expect(['no', 'plain', 'encrypted', 'refused']).toContain(importer.detect(content).kind);
      const refused = await refusal(importer.read(content, reading(password)).then(expectSound));
      if (refused !== null) expect(refused.code).toBe('import-refused');
    }),
    { numRuns: runs, seed: 7 },
  );
}

function expectSound({ accounts, leftOut }: ImportResult): void {
  for (const { secret, digits, periodS, counter, issuer, name, type } of accounts) {
    expect(secret).toMatch(/^[A-Z2-7]+$/u);
    expect(digits >= 5 && digits <= 10).toBe(true);
    expect(type === 'hotp' ? periodS === 0 : periodS >= 1 && periodS <= 86_400).toBe(true);
    expect(type === 'hotp' ? Number.isSafeInteger(counter) : counter === null).toBe(true);
    expect(issuer.length <= 200 && name.length <= 200).toBe(true);
  }
  for (const { reason } of leftOut) expect(reason).not.toMatch(/JBSWY3DP|GEZDGNBV/u);
}

/** JSON nested a hundred thousand deep, with the format's own beginning. */
export const deeplyNested = (before: string): Uint8Array =>
  bytesOf(`${before}${'['.repeat(100_000)}${']'.repeat(100_000)}`);
