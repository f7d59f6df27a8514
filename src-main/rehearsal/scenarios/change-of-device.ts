// G12: a change of device, with the old one at hand.
import { northwind, scenario } from './scenario.ts';

export const changeOfDevice = scenario({
  name: 'change-of-device',
  title: 'Changing the device, the old one at hand',
  cases: ['G12', 'S12', 'S11'],
  story:
    'Maria has a new phone and still the old one. The old one works until the new one has shown a right code. From then on it is worth nothing, her other sessions have ended, and no browser is trusted any more.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Old phone' }],
    browsers: ['Office laptop', 'Tablet'],
    devices: [{ name: 'Old phone' }, { name: 'New phone' }],
  }),
  steps: [
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
      trust: true,
      expect: { screens: { 'Office laptop': 'signed-in' }, trusted: { 'Office laptop': ['maria'] } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'start-reset',
      browser: 'Office laptop',
      device: 'Old phone',
      expect: { screens: { 'Office laptop': 'reset' }, factors: { maria: 'set-up' } },
    },
    { do: 'scan', device: 'New phone', browser: 'Office laptop', expect: { accounts: { 'New phone': 1 } } },
    { do: 'wait-for-next-code' },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Old phone',
      expect: { screens: { Tablet: 'signed-in' }, sessions: { maria: 2 } },
    },
    {
      do: 'confirm-reset',
      browser: 'Office laptop',
      device: 'New phone',
      expect: {
        screens: { 'Office laptop': 'keep-secret', Tablet: 'signed-out' },
        sessions: { maria: 1 },
        trusted: { 'Office laptop': [] },
        audit: ['factor-changed'],
      },
    },
    { do: 'finish-set-up', browser: 'Office laptop', expect: { screens: { 'Office laptop': 'signed-in' } } },
    { do: 'wait-for-next-code' },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Old phone',
      expect: { refused: 'code-refused', reason: 'wrong', screens: { Tablet: 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'New phone',
      expect: { screens: { Tablet: 'signed-in' }, notices: { Tablet: ['factor-changed'] } },
    },
  ],
});
