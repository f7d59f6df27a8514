// Typing an account in: faults and warnings while it is typed.
import { describe, expect, it } from 'vitest';
import { typedCounter, typedPeriod } from '../../../src-renderer/features/add-account/typed-number.ts';
import {
  typedSecretFault,
  typedSecretWarning,
} from '../../../src-renderer/features/add-account/typed-secret.ts';

describe('typing an account in', () => {
  it.each([
    ['jbsw y3dp', undefined],
    ['JBSW-Y3DP====', undefined],
    ['jbsw–y3dp', undefined],
    ['', undefined],
    ['jbsw0', /letter O/],
    ['jbsw1', /letter I or L/],
    ['jbsw8', /letter B/],
    ['jbsw!', /“!”/],
    ['otpauth://totp/a?secret=b', /Paste a link/],
  ])('looks at the secret %j', (typed, fault) => {
    const found = typedSecretFault(typed);
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });

  it('warns of a secret under 16 bytes while it is typed, and no longer', () => {
    expect(typedSecretWarning('')).toBeUndefined();
    expect(typedSecretWarning('JBSWY3DPEHPK3PXP')).toMatch(/80 bits/);
    expect(typedSecretWarning('JBSWY3DPEHPK3PXPJBSWY3DPE')).toMatch(/120 bits/);
    // 26 characters are the first that hold 16 bytes.
    expect(typedSecretWarning('JBSWY3DPEHPK3PXPJBSWY3DPEH')).toBeUndefined();
    expect(typedSecretWarning('jbsw0')).toBeUndefined();
  });

  it('takes a period from one second to a day', () => {
    expect(['1', '30', ' 60 ', '86400'].map(typedPeriod)).toEqual([1, 30, 60, 86_400]);
    expect(['', '0', '-1', '1.5', '86401', '1e3', 'x'].map(typedPeriod)).toEqual(Array(7).fill(null));
  });

  it('takes a counter from 0 that can be counted on exactly', () => {
    expect(['0', '7', '9007199254740991'].map(typedCounter)).toEqual([0, 7, Number.MAX_SAFE_INTEGER]);
    expect(['', '-1', '9007199254740993', '1 2'].map(typedCounter)).toEqual(Array(4).fill(null));
  });
});
