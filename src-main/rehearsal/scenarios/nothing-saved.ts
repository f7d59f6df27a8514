// G11: the device is lost and nothing was saved; an administrator helps.
import { northwind, scenario } from './scenario.ts';

export const nothingSaved = scenario({
  name: 'nothing-saved',
  title: 'Lost device, nothing saved',
  cases: ['G11', 'G13', 'G3', 'G4'],
  story:
    'Maria loses her phone and has kept nothing. She asks Ada, the administrator, who resets her two-factor authentication with a code of her own. At the next sign-in Maria sets a new phone up.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria', displayName: 'Maria Keller', device: 'Old phone' },
    ],
    browsers: ['Administrator’s desk', 'Office laptop'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Old phone' }],
  }),
  steps: [
    { do: 'lose-device', device: 'Old phone' },
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
      expect: { refused: 'not-possible', screens: { 'Office laptop': 'code' } },
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
      expect: { factors: { maria: 'not-set-up' }, audit: ['code-accepted', 'factor-reset'] },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'set-up' } },
    },
    { do: 'get-device', device: 'New phone' },
    { do: 'scan', device: 'New phone', browser: 'Office laptop', expect: { accounts: { 'New phone': 1 } } },
    {
      do: 'confirm-set-up',
      browser: 'Office laptop',
      device: 'New phone',
      expect: { screens: { 'Office laptop': 'keep-secret' }, factors: { maria: 'set-up' } },
    },
    {
      do: 'finish-set-up',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'signed-in' }, notices: { 'Office laptop': ['factor-reset'] } },
    },
  ],
});
