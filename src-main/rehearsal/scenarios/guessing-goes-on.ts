// S5: whoever goes on guessing after each lock stops the factor in the end, and the person needs an administrator.
import { northwind, scenario } from './scenario.ts';

export const guessingGoesOn = scenario({
  name: 'guessing-goes-on',
  title: 'Guessing until the factor is stopped',
  cases: ['S5', 'S17', 'G13'],
  story:
    'Somebody has Maria’s password and goes on guessing whenever a lock is over. After too many wrong codes her factor takes none any more, hers neither. Ada resets it, Maria sets it up again, and is told what happened.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' },
    ],
    browsers: ['Administrator’s desk', 'Office laptop', 'Computer far away'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Maria’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Computer far away',
      expect: { screens: { 'Computer far away': 'code' } },
    },
    {
      do: 'enter-wrong-codes',
      browser: 'Computer far away',
      times: 'until-stopped',
      expect: {
        refused: 'locked-out',
        reason: 'factor-stopped',
        factors: { maria: 'blocked', ada: 'set-up' },
        audit: ['code-refused', 'factor-stopped'],
      },
    },
    { do: 'wait', days: 2, expect: { factors: { maria: 'blocked' } } },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: {
        refused: 'locked-out',
        reason: 'factor-stopped',
        screens: { 'Office laptop': 'signed-out' },
        sessions: { maria: 0 },
      },
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
    { do: 'wait-for-next-code' },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'maria',
      device: 'Ada’s phone',
      expect: { factors: { maria: 'not-set-up' }, locked: { maria: false }, audit: ['factor-reset'] },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'set-up' } },
    },
    {
      do: 'scan',
      device: 'Maria’s phone',
      browser: 'Office laptop',
      expect: { accounts: { 'Maria’s phone': 2 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Office laptop',
      device: 'Maria’s phone',
      expect: { factors: { maria: 'set-up' } },
    },
    {
      do: 'finish-set-up',
      browser: 'Office laptop',
      expect: {
        screens: { 'Office laptop': 'signed-in' },
        notices: { 'Office laptop': ['wrong-code', 'factor-stopped', 'factor-reset'] },
      },
    },
  ],
});
