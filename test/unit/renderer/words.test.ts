// Small pure parts of the user interface: codes in groups, spans of time, searches, typed secrets and time sources, routes.
import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src-renderer/app/route.ts';
import { accountTitle, accountWords } from '../../../src-renderer/features/authenticator/account-label.ts';
import { typedSecretFault } from '../../../src-renderer/features/add-account/typed-secret.ts';
import { leavingWords } from '../../../src-renderer/features/authenticator/leaving-words.ts';
import { clockWords, directionWord, spanWords } from '../../../src-renderer/features/clock/clock-words.ts';
import { clockOffWords, daysLeftWords } from '../../../src-renderer/features/console/time-words.ts';
import { timeFallbackFault, timeServerFault } from '../../../src-renderer/features/clock/source-faults.ts';

describe('spans of time', () => {
  it.each([
    [0, '0 ms'],
    [12.2, '12 ms'],
    [-999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1_340, '1.3 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [90_120, '90 s'],
    [7_260_000, '2 h 1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 days'],
  ])('%d ms are %s', (ms, words) => {
    expect(spanWords(ms)).toBe(words);
  });
});

describe('the clock in words (G8)', () => {
  it('calls a clock that nobody checked not checked, never right', () => {
    const words = clockWords({
      kind: 'not-checked',
      reason: 'Nobody answered.',
      checking: false,
      sources: [],
    });
    expect(words.short).toBe('Clock not checked');
    expect(words.tone).toBe('neutral');
  });
  it('says behind where real time is ahead of the computer', () => {
    expect(directionWord(90_000)).toBe('behind');
    expect(directionWord(-1)).toBe('ahead');
  });
  it.each([
    ['right', 'Clock right, ± 12 ms', 'right'],
    ['hint', 'Clock 6.4 s behind', 'attention'],
    ['warning', 'Clock 6.4 s behind', 'wrong'],
  ] as const)('%s is “%s”', (verdict, short, tone) => {
    const words = clockWords({
      kind: 'checked',
      offsetMs: 6_400,
      uncertaintyMs: 12,
      source: 'time.example',
      checkedAtMs: 0,
      verdict,
      checking: false,
      sources: [],
    });
    expect(words).toMatchObject({ short, tone });
  });
});

describe('account labels', () => {
  const accounts = [
    { issuer: 'Zürich Bank', name: 'KL-1' },
    { issuer: 'GitHub', name: 'maria@northwind.example' },
    { issuer: '', name: 'alone' },
    { issuer: '', name: '' },
  ];
  it('always has a title', () => {
    expect(accounts.map(accountTitle)).toEqual(['Zürich Bank', 'GitHub', 'alone', 'Without a name']);
    expect(accounts.map(accountWords)).toEqual([
      'Zürich Bank (KL-1)',
      'GitHub (maria@northwind.example)',
      'alone',
      'Without a name',
    ]);
  });
});

describe('when an account leaves the trash', () => {
  it.each([
    [-1, 'Leaves within the hour'],
    [3_599_999, 'Leaves within the hour'],
    [3_600_000, 'Leaves in 1 hour'],
    [5.2 * 3_600_000, 'Leaves in 5 hours'],
    [47 * 3_600_000, 'Leaves in 47 hours'],
    [2 * 86_400_000, 'Leaves in 2 days'],
    [30 * 86_400_000, 'Leaves in 30 days'],
  ])('%d ms: %s', (ms, words) => {
    expect(leavingWords(ms)).toBe(words);
  });
});

describe('a typed secret', () => {
  it.each(['', 'JBSWY3DPEHPK3PXP', 'jbsw y3dp ehpk 3pxp', 'JBSW-Y3DP', 'MZXW6===', '   '])(
    '“%s” may stand',
    (typed) => {
      expect(typedSecretFault(typed)).toBeUndefined();
    },
  );
  it.each([
    ['JBSW0', 'letter O'],
    ['1BSW', 'letter I or L'],
    ['JBSW8', 'letter B'],
    ['JBSWÄ', '“Ä” is none of them'],
    ['otpauth://totp/x', 'Paste a link'],
  ])('“%s” is refused with %s', (typed, words) => {
    expect(typedSecretFault(typed)).toContain(words);
  });
});

describe('typed time sources', () => {
  it.each(['', 'time.example.org', '192.0.2.1:123', '[2001:db8::1]:123', ' 0.pool.ntp.org '])(
    '“%s” may stand',
    (typed) => {
      expect(timeServerFault(typed)).toBeUndefined();
    },
  );
  it.each(['time server', 'host:0', 'host:65536', 'host:ntp', 'a:b:c', 'http://x'])(
    '“%s” may not',
    (typed) => {
      expect(timeServerFault(typed)).toBeDefined();
    },
  );
  it.each(['', 'https://www.example.org/', 'http://127.0.0.1:8080/'])(
    '“%s” may stand as a web server',
    (typed) => {
      expect(timeFallbackFault(typed)).toBeUndefined();
    },
  );
  it.each(['www.example.org', 'http://www.example.org/', 'https://me:secret@example.org/'])(
    '“%s” may not stand as a web server',
    (typed) => {
      expect(timeFallbackFault(typed)).toBeDefined();
    },
  );
});

describe('the words of the console', () => {
  it.each([
    [-90_000, 'Your device’s clock is 90 s behind.'],
    [60_000, 'Your device’s clock is 60 s ahead.'],
    [0, 'Your device’s clock has been set since the console adjusted to it.'],
  ])('S16: a device that is %i ms ahead: %s', (offsetMs, words) => {
    expect(clockOffWords(offsetMs)).toBe(words);
  });

  it.each([
    [26.5, '26 days left'],
    [1, '1 day left'],
    [0.9, 'ends within a day'],
    [-1, 'ends within a day'],
  ])('%d days of trust: %s', (days, words) => {
    const nowMs = Date.UTC(2026, 10, 17);
    expect(daysLeftWords(nowMs + days * 86_400_000, nowMs)).toBe(words);
  });
});

describe('routes', () => {
  it.each([
    ['', 'authenticator', []],
    ['#/clock', 'clock', []],
    ['#/console/users', 'console', ['users']],
    ['#/nonsense/x', 'authenticator', ['x']],
    ['#launch=abc', 'authenticator', []],
  ])('%s leads to %s', (hash, room, path) => {
    expect(parseRoute(hash)).toEqual({ room, path });
  });
});
