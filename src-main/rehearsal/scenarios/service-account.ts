// G15: an integration that cannot answer a code prompt is exempted, and that is taken back.
import { northwind, scenario } from './scenario.ts';

export const serviceAccount = scenario({
  name: 'service-account',
  title: 'A service account',
  cases: ['G15', 'S11'],
  story:
    'The nightly backup signs in by itself and cannot type codes, so Ada makes its user a service account: the password is enough, and what a person had set up there is kept aside. When she takes that back, its codes are asked for again, in every browser.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'backup', displayName: 'Nightly backup', device: 'Shared phone' },
    ],
    browsers: ['Administrator’s desk', 'Backup server'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Shared phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'backup',
      browser: 'Backup server',
      expect: { screens: { 'Backup server': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Backup server',
      device: 'Shared phone',
      trust: true,
      expect: { trusted: { 'Backup server': ['backup'] }, sessions: { backup: 1 } },
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
      expect: { refused: 'code-required', factors: { backup: 'set-up' } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'exempt',
      browser: 'Administrator’s desk',
      user: 'backup',
      device: 'Ada’s phone',
      expect: {
        factors: { backup: 'service-account' },
        sessions: { backup: 0 },
        trusted: { 'Backup server': [] },
        audit: ['code-accepted', 'service-account-set'],
      },
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
        factors: { backup: 'set-up' },
        trusted: { 'Backup server': [] },
        audit: ['service-account-taken-back'],
      },
    },
    {
      do: 'sign-in',
      user: 'backup',
      browser: 'Backup server',
      expect: { screens: { 'Backup server': 'code' } },
    },
  ],
});
