// G16: two-factor authentication is turned off for everyone, and on again.
import { northwind, scenario } from './scenario.ts';

export const turnedOffAndOn = scenario({
  name: 'turned-off-and-on',
  title: 'Turned off for everyone, and on again',
  cases: ['G16', 'G6', 'S10'],
  story:
    'While a problem is looked into, Ada turns two-factor authentication off, with a code of her own: passwords are enough. Turned on again, Maria is asked for a code of the very device that she set up before.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' },
    ],
    browsers: ['Administrator’s desk', 'Office laptop'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Maria’s phone' }],
  }),
  steps: [
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
      do: 'turn-off',
      browser: 'Administrator’s desk',
      expect: { refused: 'code-required' },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'turn-off',
      browser: 'Administrator’s desk',
      device: 'Ada’s phone',
      expect: { audit: ['two-factor-turned-off'] },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'signed-in' }, factors: { maria: 'set-up' } },
    },
    { do: 'sign-out', browser: 'Office laptop', expect: { screens: { 'Office laptop': 'signed-out' } } },
    { do: 'wait-for-next-code' },
    {
      do: 'turn-on',
      browser: 'Administrator’s desk',
      device: 'Ada’s phone',
      expect: { audit: ['two-factor-turned-on'] },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Maria’s phone',
      expect: { screens: { 'Office laptop': 'signed-in' } },
    },
  ],
});
