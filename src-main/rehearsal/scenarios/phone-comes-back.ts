// G11, afterwards: the phone comes back after the reset.
import { northwind, scenario } from './scenario.ts';

export const phoneComesBack = scenario({
  name: 'phone-comes-back',
  title: 'The phone comes back after the reset',
  cases: ['G11', 'G13', 'S11'],
  story:
    'Maria’s phone is lost, Ada resets her, and Maria sets up a new one. Then the taxi driver brings the old phone back. It still shows codes for Northwind, and none of them is right any more.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria', displayName: 'Maria Keller', device: 'Old phone' },
    ],
    browsers: ['Administrator’s desk', 'Office laptop'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Old phone' }, { name: 'New phone' }],
  }),
  steps: [
    { do: 'lose-device', device: 'Old phone' },
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
    { do: 'wait-for-next-code' },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'maria',
      device: 'Ada’s phone',
      expect: { factors: { maria: 'not-set-up' } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'set-up' } },
    },
    { do: 'scan', device: 'New phone', browser: 'Office laptop', expect: { accounts: { 'New phone': 1 } } },
    {
      do: 'confirm-set-up',
      browser: 'Office laptop',
      device: 'New phone',
      expect: { factors: { maria: 'set-up' } },
    },
    {
      do: 'finish-set-up',
      browser: 'Office laptop',
      expect: { notices: { 'Office laptop': ['factor-reset'] } },
    },
    { do: 'sign-out', browser: 'Office laptop', expect: { sessions: { maria: 0 } } },
    { do: 'find-device', device: 'Old phone', expect: { accounts: { 'Old phone': 1 } } },
    { do: 'wait-for-next-code' },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Old phone',
      expect: { refused: 'code-refused', reason: 'wrong', screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'New phone',
      expect: { screens: { 'Office laptop': 'signed-in' } },
    },
  ],
});
