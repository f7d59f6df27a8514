// The last administrator loses the device, and has kept the secret.
import { northwind, scenario } from './scenario.ts';

export const lastAdministratorSavedSecret = scenario({
  name: 'last-administrator-saved-secret',
  title: 'The last administrator kept the secret',
  cases: ['S10', 'S20', 'G5', 'G10'],
  story:
    'Ada, the only administrator, loses her phone. From her trusted browser she can neither reset nor exempt herself. But she has kept her secret in the safe: it sets a new phone up, and nothing else has changed.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator' },
      { name: 'maria', displayName: 'Maria Keller' },
    ],
    browsers: ['Administrator’s desk'],
    devices: [{ name: 'Ada’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'set-up' } },
    },
    {
      do: 'scan',
      device: 'Ada’s phone',
      browser: 'Administrator’s desk',
      expect: { accounts: { 'Ada’s phone': 1 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Administrator’s desk',
      device: 'Ada’s phone',
      expect: { screens: { 'Administrator’s desk': 'keep-secret' }, factors: { ada: 'set-up' } },
    },
    { do: 'keep-sheet', browser: 'Administrator’s desk', sheet: 'Sheet in the safe' },
    {
      do: 'finish-set-up',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'signed-in' } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Administrator’s desk',
      device: 'Ada’s phone',
      trust: true,
      expect: { trusted: { 'Administrator’s desk': ['ada'] } },
    },
    { do: 'lose-device', device: 'Ada’s phone' },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'signed-in' }, audit: ['trusted-browser-used'] },
    },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'ada',
      expect: { refused: 'conflict', reason: 'own-account', factors: { ada: 'set-up' } },
    },
    {
      do: 'exempt',
      browser: 'Administrator’s desk',
      user: 'ada',
      expect: { refused: 'conflict', reason: 'last-administrator', factors: { ada: 'set-up' } },
    },
    {
      do: 'deactivate',
      browser: 'Administrator’s desk',
      user: 'ada',
      expect: { refused: 'conflict', reason: 'last-administrator', sessions: { ada: 1 } },
    },
    {
      do: 'get-device',
      device: 'New phone',
      expect: { accounts: { 'New phone': 0 } },
    },
    {
      do: 'type-secret',
      device: 'New phone',
      sheet: 'Sheet in the safe',
      expect: { accounts: { 'New phone': 1 } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'maria',
      device: 'New phone',
      expect: { factors: { ada: 'set-up', maria: 'not-set-up' }, audit: ['code-accepted', 'factor-reset'] },
    },
  ],
});
