// G15: an integration that cannot answer a code prompt is exempted, and that is taken back.
import { northwind, scenario } from './scenario.ts';

export const serviceAccount = scenario({
  name: 'service-account',
  title: 'A service account',
  cases: ['G15', 'S11'],
  story:
    'The nightly backup signs in by itself and cannot type codes, so Ada makes its user a service account: the password is enough. When a person takes the account over, she takes that back, and the next sign-in asks to set up two-factor authentication.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'backup', displayName: 'Nightly backup' },
    ],
    browsers: ['Administrator’s desk', 'Backup server'],
    devices: [{ name: 'Ada’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'backup',
      browser: 'Backup server',
      expect: { screens: { 'Backup server': 'set-up' } },
    },
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
      expect: { screens: { 'Administrator’s desk': 'signed-in' } },
    },
    {
      do: 'exempt',
      browser: 'Administrator’s desk',
      user: 'backup',
      expect: { refused: 'code-required', factors: { backup: 'pending' } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'exempt',
      browser: 'Administrator’s desk',
      user: 'backup',
      device: 'Ada’s phone',
      expect: { factors: { backup: 'service-account' }, audit: ['service-account-set'] },
    },
    {
      do: 'sign-in',
      user: 'backup',
      browser: 'Backup server',
      expect: {
        screens: { 'Backup server': 'signed-in' },
        sessions: { backup: 1 },
        audit: ['password-accepted', 'signed-in'],
      },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'take-exemption-back',
      browser: 'Administrator’s desk',
      user: 'backup',
      device: 'Ada’s phone',
      expect: {
        factors: { backup: 'not-set-up' },
        audit: ['service-account-taken-back'],
      },
    },
    {
      do: 'sign-in',
      user: 'backup',
      browser: 'Backup server',
      expect: { screens: { 'Backup server': 'set-up' } },
    },
  ],
});
