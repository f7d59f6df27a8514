// API keys in words: what each scope opens, and how a key stands.
import type { ApiKey, ApiScope } from '../../../src-shared/contract/index.ts';
import { nowMs as windowNowMs } from '../../bridge/window-clock.ts';

interface ScopeWords {
  readonly scope: ApiScope;
  readonly label: string;
  readonly hint: string;
}

/** In the order in which they are offered. */
export const scopeWords: readonly ScopeWords[] = [
  {
    scope: 'users:read',
    label: 'Read users',
    hint: 'Names, roles, and the state of each user’s two-factor authentication.',
  },
  {
    scope: 'users:write',
    label: 'Add users',
    hint: 'Never an administrator. The program gets the one-time password.',
  },
  {
    scope: 'two-factor:read',
    label: 'Read the roll-out',
    hint: 'How many people have set it up, and since when.',
  },
  {
    scope: 'two-factor:write',
    label: 'Control two-factor authentication',
    hint: 'Turn it on and off for everyone, and reset any user’s, without an administrator’s code.',
  },
  {
    scope: 'codes:verify',
    label: 'Verify codes',
    hint: 'Checks a user’s code and uses it up, as a sign-in does.',
  },
  { scope: 'sign-in', label: 'Sign in service accounts', hint: 'Checks a service account’s password.' },
];

/** 'Read users, verify codes' */
export function scopesInWords(scopes: readonly ApiScope[]): string {
  const words = scopeWords.filter(({ scope }) => scopes.includes(scope)).map(({ label }) => label);
  return words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1)))
    .join(', ');
}

/** How the key stands now. */
export function keyState(
  { revokedAtMs, expiresAtMs }: ApiKey,
  nowMs = windowNowMs(),
): 'in force' | 'revoked' | 'expired' {
  if (revokedAtMs !== null) return 'revoked';
  return expiresAtMs !== null && expiresAtMs <= nowMs ? 'expired' : 'in force';
}
