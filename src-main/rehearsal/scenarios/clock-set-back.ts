// S2, S9: the console’s own clock is set back by an hour, and right again.
import { northwind, scenario } from './scenario.ts';

export const clockSetBack = scenario({
  name: 'clock-set-back',
  title: 'The console’s clock is set back',
  cases: ['S2', 'S9', 'S16', 'G8'],
  story:
    'Somebody sets the console’s clock back by an hour. Nobody is thrown out. Codes of the right time are refused, and so are those of times that come a second time, used or not. Once the clock is right, all is as before.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' }],
    browsers: ['Office laptop', 'Tablet'],
    devices: [{ name: 'Maria’s phone' }],
  }),
  steps: [
    { do: 'note-code', device: 'Maria’s phone' },
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
      device: 'Maria’s phone',
      expect: { screens: { 'Office laptop': 'signed-in' } },
    },
    { do: 'wait', minutes: 1 },
    {
      do: 'set-verifier-clock',
      aheadSeconds: -3600,
      expect: { screens: { 'Office laptop': 'signed-in' }, sessions: { maria: 1 } },
    },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Maria’s phone',
      expect: { refused: 'code-refused', reason: 'wrong', screens: { Tablet: 'code' } },
    },
    // Until the console’s clock shows again what it showed at the beginning.
    { do: 'wait', minutes: 58, seconds: 29 },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    { do: 'enter-noted-code', browser: 'Tablet', expect: { refused: 'code-refused', reason: 'replayed' } },
    { do: 'set-verifier-clock', aheadSeconds: 0 },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Maria’s phone',
      expect: { screens: { Tablet: 'signed-in' } },
    },
    {
      do: 'wait-out',
      what: 'idle',
      expect: { screens: { 'Office laptop': 'signed-out', Tablet: 'signed-out' }, sessions: { maria: 0 } },
    },
  ],
});
