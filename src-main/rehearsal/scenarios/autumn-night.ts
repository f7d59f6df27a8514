// The night in which clocks are set back and an hour comes twice: for codes it does not.
import { northwind, scenario } from './scenario.ts';

export const autumnNight = scenario({
  name: 'autumn-night',
  title: 'The night when an hour comes twice',
  cases: ['G8', 'S2', 'S9'],
  story:
    'Jonas works late when the clocks go back from three to two. His sign-in goes on across the change. An hour later the clocks show the same time once more: the code of the first time is not right, the one that his phone shows is.',
  cast: northwind({
    startsAt: '2026-10-25T02:59:10',
    people: [{ name: 'jonas', displayName: 'Jonas Frei', device: 'Jonas’s phone' }],
    browsers: ['Jonas’s computer', 'Tablet'],
    devices: [{ name: 'Jonas’s phone' }],
  }),
  steps: [
    { do: 'note-code', device: 'Jonas’s phone' },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'code' } },
    },
    { do: 'wait', seconds: 51 },
    {
      do: 'enter-code',
      browser: 'Jonas’s computer',
      device: 'Jonas’s phone',
      expect: { screens: { 'Jonas’s computer': 'signed-in' }, sessions: { jonas: 1 } },
    },
    { do: 'wait', minutes: 1, expect: { screens: { 'Jonas’s computer': 'signed-in' } } },
    { do: 'wait', minutes: 58, seconds: 9 },
    { do: 'sign-in', user: 'jonas', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-noted-code',
      browser: 'Tablet',
      expect: { refused: 'code-refused', reason: 'wrong', screens: { Tablet: 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Jonas’s phone',
      expect: { screens: { Tablet: 'signed-in' }, audit: ['code-accepted', 'signed-in'] },
    },
  ],
});
