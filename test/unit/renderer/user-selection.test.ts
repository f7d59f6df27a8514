// Issue 4, users: which are chosen for a bulk action, what main is told, and files in the encodings of spreadsheet programs.
import { describe, expect, test } from 'vitest';
import type { UserRow } from '../../../src-shared/contract/index.ts';
import {
  bulkInput,
  countOf,
  endsOf,
  isSelected,
  nobody,
  withUsers,
} from '../../../src-renderer/features/administration/selection.ts';
import { everyone } from '../../../src-renderer/features/administration/use-user-pages.ts';
import { userFileText } from '../../../src-renderer/features/administration/user-file-text.ts';

const row = (id: string, liveSessions = 0, trustedBrowsers = 0): UserRow => ({
  id,
  userName: id,
  displayName: id,
  role: 'user',
  unitId: null,
  administersUnitId: null,
  active: true,
  factor: 'set-up',
  pendingUntilMs: null,
  lastSignInAtMs: null,
  trustedBrowsers,
  liveSessions,
  backupProvenAtMs: null,
  recoveryCodesLeft: null,
  mustChangePassword: false,
  lockedUntilMs: null,
  createdAtMs: 0,
});
const [a, b, c] = [row('a', 1, 2), row('b', 0, 1), row('c', 3, 0)];

describe('chosen by name', () => {
  test('users are added once, taken out, and what they have is summed', () => {
    const two = withUsers(withUsers(nobody, [a, b], true), [b], true);
    expect(countOf(two)).toBe(2);
    expect([a, b, c].map(({ id }) => isSelected(two, id))).toEqual([true, true, false]);
    expect(endsOf(two)).toEqual({ sessions: 1, trustedBrowsers: 3 });
    const one = withUsers(two, [a, c], false);
    expect(countOf(one)).toBe(1);
    expect(countOf(two), 'the one before is as it was').toBe(2);
    expect(bulkInput(one, everyone, 'unlock', null, '123456')).toEqual({
      action: 'unlock',
      users: { kind: 'named', ids: ['b'] },
      unitId: null,
      code: '123456',
    });
  });
});

describe('all that match', () => {
  test('stay all, are told as a query, and nothing is claimed of what they have', () => {
    const all = withUsers({ kind: 'matching', count: 100_000 }, [a], false);
    expect(countOf(all)).toBe(100_000);
    expect(isSelected(all, 'never in sight')).toBe(true);
    expect(endsOf(all)).toBeNull();
    const query = { ...everyone, filter: 'missing' } as const;
    expect(bulkInput(all, query, 'set-unit', 'sales', null)).toEqual({
      action: 'set-unit',
      users: { kind: 'matching', query },
      unitId: 'sales',
      code: null,
    });
  });
});

describe('the text of a file of users', () => {
  const utf16 = (text: string, first: number, second: number): Uint8Array =>
    Uint8Array.from([
      first,
      second,
      ...Array.from(text).flatMap((sign) => {
        const code = sign.charCodeAt(0);
        return first === 0xff ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff];
      }),
    ]);

  test.each([
    ['UTF-8', new TextEncoder().encode('Zürich'), 'Zürich'],
    ['UTF-8 with a byte order mark', new TextEncoder().encode('\uFEFFZürich'), 'Zürich'],
    ['UTF-16, little end first', utf16('Zürich', 0xff, 0xfe), 'Zürich'],
    ['UTF-16, big end first', utf16('Zürich', 0xfe, 0xff), 'Zürich'],
    ['the old Western code page', Uint8Array.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68]), 'Zürich'],
    ['nothing', new Uint8Array(), ''],
  ])('%s', (_what, content, expected) => {
    expect(userFileText(content)).toBe(expected);
  });
});
