// G8, S16: a device whose clock is 90 seconds behind, and how the console adjusts to it.
import { northwind, scenario } from './scenario.ts';

export const deviceBehind = scenario({
  name: 'device-behind',
  title: 'A device 90 seconds behind',
  cases: ['G8', 'S16'],
  story:
    'Maria’s old tablet is 90 seconds behind. Its codes are refused, and the console says by how much. Two codes in a row show where its clock is, and its codes are right. Once somebody sets the clock, she adjusts again.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Old tablet' }],
    browsers: ['Office laptop'],
    devices: [{ name: 'Old tablet', aheadSeconds: -90 }],
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
      device: 'Old tablet',
      expect: {
        refused: 'code-refused',
        reason: 'device-clock',
        clockAheadSeconds: -90,
        screens: { 'Office laptop': 'code' },
        locked: { maria: false },
        audit: ['code-refused'],
      },
    },
    {
      do: 'resynchronize',
      browser: 'Office laptop',
      device: 'Old tablet',
      expect: { screens: { 'Office laptop': 'signed-in' }, audit: ['device-resynchronized', 'signed-in'] },
    },
    { do: 'sign-out', browser: 'Office laptop', expect: { sessions: { maria: 0 } } },
    { do: 'wait', minutes: 10 },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Old tablet',
      expect: { screens: { 'Office laptop': 'signed-in' } },
    },
    { do: 'sign-out', browser: 'Office laptop', expect: { sessions: { maria: 0 } } },
    { do: 'set-device-clock', device: 'Old tablet', aheadSeconds: 0 },
    { do: 'wait', minutes: 10 },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Old tablet',
      expect: { refused: 'code-refused', reason: 'device-clock', clockAheadSeconds: 0 },
    },
    {
      do: 'resynchronize',
      browser: 'Office laptop',
      device: 'Old tablet',
      expect: { screens: { 'Office laptop': 'signed-in' } },
    },
  ],
});
