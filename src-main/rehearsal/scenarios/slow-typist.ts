// G6: a code that comes late, a little and much.
import { northwind, scenario } from './scenario.ts';

export const slowTypist = scenario({
  name: 'slow-typist',
  title: 'A slow typist',
  cases: ['G6', 'S4', 'S16'],
  story:
    'Jonas reads a code and takes 40 seconds to type it: the window lets it pass. The next day he notes a code, the telephone rings, and two minutes later the code is refused, with how late it was. He simply uses the one that his phone shows now.',
  cast: northwind({
    people: [{ name: 'jonas', displayName: 'Jonas Frei', device: 'Jonas’s phone' }],
    browsers: ['Jonas’s computer'],
    devices: [{ name: 'Jonas’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'code' } },
    },
    { do: 'note-code', device: 'Jonas’s phone' },
    { do: 'wait', seconds: 40 },
    {
      do: 'enter-noted-code',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'signed-in' }, audit: ['code-accepted', 'signed-in'] },
    },
    { do: 'sign-out', browser: 'Jonas’s computer', expect: { sessions: { jonas: 0 } } },
    { do: 'wait', days: 1 },
    { do: 'note-code', device: 'Jonas’s phone' },
    { do: 'wait', minutes: 2 },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'code' } },
    },
    {
      do: 'enter-noted-code',
      browser: 'Jonas’s computer',
      expect: {
        refused: 'code-refused',
        reason: 'device-clock',
        clockAheadSeconds: -120,
        screens: { 'Jonas’s computer': 'code' },
        locked: { jonas: false },
      },
    },
    {
      do: 'enter-code',
      browser: 'Jonas’s computer',
      device: 'Jonas’s phone',
      expect: {
        screens: { 'Jonas’s computer': 'signed-in' },
        notices: { 'Jonas’s computer': ['wrong-code'] },
      },
    },
  ],
});
