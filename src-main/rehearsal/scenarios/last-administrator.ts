// The last administrator loses the device: nobody can reset it, and break-glass codes are the way on.
import { northwind, scenario } from './scenario.ts';

export const lastAdministrator = scenario({
  name: 'last-administrator',
  title: 'The last administrator loses the device, nothing saved',
  cases: ['S10', 'S20', 'G3', 'G4'],
  story:
    'Ada, the only administrator, has put break-glass codes into the safe. When her phone is gone nobody can reset her. A code from the safe begins a delay in which it could be stopped; after it she sets a new phone up.',
  cast: northwind({
    people: [{ name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' }],
    browsers: ['Administrator’s desk'],
    devices: [{ name: 'Ada’s phone' }],
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
    { do: 'wait-for-next-code' },
    {
      do: 'make-break-glass',
      browser: 'Administrator’s desk',
      device: 'Ada’s phone',
      sheet: 'Envelope in the safe',
      expect: { audit: ['break-glass-made'] },
    },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'ada',
      device: 'Ada’s phone',
      expect: { refused: 'conflict', reason: 'own-account', factors: { ada: 'set-up' } },
    },
    { do: 'sign-out', browser: 'Administrator’s desk', expect: { sessions: { ada: 0 } } },
    { do: 'lose-device', device: 'Ada’s phone' },
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
      expect: { refused: 'not-possible', screens: { 'Administrator’s desk': 'code' } },
    },
    {
      do: 'use-break-glass',
      browser: 'Administrator’s desk',
      sheet: 'Envelope in the safe',
      expect: {
        screens: { 'Administrator’s desk': 'break-glass' },
        factors: { ada: 'set-up' },
        audit: ['break-glass-used'],
      },
    },
    { do: 'wait-out', what: 'break-glass', expect: { factors: { ada: 'set-up' } } },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'code' } },
    },
    {
      do: 'use-break-glass',
      browser: 'Administrator’s desk',
      sheet: 'Envelope in the safe',
      expect: {
        screens: { 'Administrator’s desk': 'set-up' },
        sessions: { ada: 0 },
        audit: ['break-glass-effective'],
      },
    },
    { do: 'get-device', device: 'New phone' },
    {
      do: 'scan',
      device: 'New phone',
      browser: 'Administrator’s desk',
      expect: { accounts: { 'New phone': 1 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Administrator’s desk',
      device: 'New phone',
      expect: { screens: { 'Administrator’s desk': 'keep-secret' }, factors: { ada: 'set-up' } },
    },
  ],
});
