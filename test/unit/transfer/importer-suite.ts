// The tests that importers and exporters have in common, said once: golden files, refusals, hostile files, round trips.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exporter } from '../../../src-main/authenticator/transfer/exporter.ts';
import type { ImportedAccount } from '../../../src-main/authenticator/transfer/imported-account.ts';
import type { Importer } from '../../../src-main/authenticator/transfer/importer.ts';
import { writing } from './account-arbitrary.ts';
import { contentOf } from './exported-file.ts';
import {
  bytesOf,
  containing,
  deeplyNested,
  expectNoSurprise,
  golden,
  PASSWORD,
  read,
  refusal,
  spoiledBytes,
  spoiledJson,
} from './foreign-file.ts';

export interface GoldenFile {
  /** Below test/vectors/transfer. */
  readonly file: string;
  readonly kind: 'plain' | 'encrypted';
  /** An ImportResult; reasons may be matched by a part of them. */
  readonly expected: object;
  /** Cut off here, the file is still known, and said to be cut off. */
  readonly cutAt?: number;
  /** How many spoiled files are read; fewer where each costs an expensive key. */
  readonly runs?: number;
}

/** `nested`: how a file of the format begins, up to where lists can be put into one another. */
export function importerSuite(
  importer: Importer,
  files: readonly GoldenFile[],
  { nested }: { readonly nested?: string } = {},
): void {
  describe.each(files)('$file', ({ file, kind, expected, cutAt, runs = kind === 'plain' ? 150 : 4 }) => {
    const content = golden(file);
    const password = kind === 'plain' ? null : PASSWORD;

    test('golden file', async () => {
      expect(importer.detect(content)).toEqual({ kind });
      expect(await read(importer, content, password)).toEqual(expected);
    });
    if (kind === 'encrypted') {
      test('refused with a wrong password, and with none', async () => {
        for (const wrong of ['wrong', null]) {
          expect(await refusal(read(importer, content, wrong))).toMatchObject({ reason: 'wrong-password' });
        }
      });
    }
    if (cutAt !== undefined) {
      test('cut off: known, and said to be so', async () => {
        const cut = content.slice(0, cutAt);
        expect(importer.detect(cut)).toEqual({ kind: 'plain' });
        expect(await refusal(read(importer, cut))).toMatchObject({
          code: 'import-refused',
          reason: 'truncated',
        });
      });
    }
    test('hostile: bytes changed and cut off', () =>
      expectNoSurprise(importer, spoiledBytes(content), { password, runs }));
    if (isJson(content)) {
      test('hostile: wrong types everywhere', () =>
        expectNoSurprise(importer, spoiledJson(content), { password, runs }));
    }
  });

  test('too large: the limit is named before anything is looked at', async () => {
    const large = new Uint8Array(50 * 1024 * 1024 + 1);
    expect(await refusal(read(importer, large, PASSWORD))).toMatchObject({
      reason: 'too-large',
      message: containing('50 MB'),
    });
  });
  if (nested === undefined) return;
  test('deep nesting, whole, cut off and endless: the limit is named', async () => {
    const whole = deeplyNested(nested);
    for (const content of [whole, whole.slice(0, 50_000), bytesOf(nested.padEnd(5_000_000, '['))]) {
      expect(importer.detect(content)).toEqual({ kind: 'plain' });
      expect(await refusal(read(importer, content))).toMatchObject({
        reason: 'over-limit',
        message: containing('64 lists and objects'),
      });
    }
  });
}

const isJson = (content: Uint8Array): boolean =>
  content[0] === '{'.charCodeAt(0) || content[0] === '['.charCodeAt(0);

/**
 * Whatever accounts the format can hold, written and read, are the same, and nothing is said to be lost. `runs`: fewer
 * where each costs an expensive key.
 */
export function roundTrip(
  exporter: Exporter,
  importer: Importer,
  kept: fc.Arbitrary<ImportedAccount[]>,
  { runs = 100, says }: { readonly runs?: number; readonly says?: readonly string[] } = {},
): void {
  const kind = exporter.encrypted ? 'encrypted' : 'plain';
  const password = exporter.encrypted ? PASSWORD : null;

  test(`round trip, ${kind}: accounts, written and read, are the same`, async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (accounts) => {
        const { files, lost } = await exporter.write(accounts, writing(password ?? undefined));
        const content = contentOf(files);
        expect(lost.filter((sentence) => !(says ?? []).some((part) => sentence.includes(part)))).toEqual([]);
        if (accounts.length > 0) expect(importer.detect(content)).toEqual({ kind });
        expect(await read(importer, content, password)).toEqual({ accounts, leftOut: [], converted: [] });
      }),
      { numRuns: runs, seed: 7 },
    );
  });
  if (!exporter.encrypted) return;
  test('no encrypted export without a password', async () => {
    await expect(exporter.write([], writing())).rejects.toMatchObject({ code: 'invalid-input' });
  });
}
