// G10: the device is lost, but the QR code or secret of the set-up was kept.
import { northwind, scenario } from './scenario.ts';

export const savedSecret = scenario({
  name: 'saved-secret',
  title: 'Lost device, saved secret at hand',
  cases: ['G3', 'G4', 'G5', 'G10'],
  story:
    'Maria sets her phone up and writes the secret down, as the page urges. Later she loses the phone, types the secret from the drawer into a new one, and signs in with its codes. The console has not changed at all.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator' },
      { name: 'maria', displayName: 'Maria Keller' },
    ],
    browsers: ['Office laptop'],
    devices: [{ name: 'Old phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'set-up' }, factors: { maria: 'pending' } },
    },
    { do: 'scan', device: 'Old phone', browser: 'Office laptop', expect: { accounts: { 'Old phone': 1 } } },
    {
      do: 'confirm-set-up',
      browser: 'Office laptop',
      device: 'Old phone',
      expect: {
        screens: { 'Office laptop': 'keep-secret' },
        factors: { maria: 'set-up' },
        audit: ['factor-set-up', 'signed-in'],
      },
    },
    { do: 'keep-sheet', browser: 'Office laptop', sheet: 'Sheet in the drawer' },
    { do: 'finish-set-up', browser: 'Office laptop', expect: { screens: { 'Office laptop': 'signed-in' } } },
    { do: 'sign-out', browser: 'Office laptop', expect: { sessions: { maria: 0 } } },
    { do: 'wait', days: 40, expect: { factors: { maria: 'set-up' } } },
    { do: 'lose-device', device: 'Old phone' },
    { do: 'get-device', device: 'New phone', expect: { accounts: { 'New phone': 0 } } },
    {
      do: 'type-secret',
      device: 'New phone',
      sheet: 'Sheet in the drawer',
      expect: { accounts: { 'New phone': 1 } },
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
      device: 'New phone',
      expect: {
        screens: { 'Office laptop': 'signed-in' },
        factors: { maria: 'set-up' },
        sessions: { maria: 1 },
        audit: ['code-accepted', 'signed-in'],
      },
    },
  ],
});
