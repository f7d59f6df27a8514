// The night in which clocks are set forward: codes go by universal time and notice nothing.
import { northwind, scenario } from './scenario.ts';

export const daylightSaving = scenario({
  name: 'daylight-saving',
  title: 'The night when clocks are set forward',
  cases: ['G8', 'S9'],
  story:
    'Jonas works late on the last Sunday of March. At two in the morning the clocks jump to three. His session goes on, no code is lost or doubled, and a code read just before the change is right just after it.',
  cast: northwind({
    startsAt: '2026-03-29T01:59:10',
    people: [{ name: 'jonas', displayName: 'Jonas Frei', device: 'Jonas’s phone' }],
    browsers: ['Jonas’s computer', 'Tablet'],
    devices: [{ name: 'Jonas’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Jonas’s computer',
      device: 'Jonas’s phone',
      expect: { screens: { 'Jonas’s computer': 'signed-in' } },
    },
    { do: 'sign-in', user: 'jonas', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    { do: 'wait', seconds: 45 },
    { do: 'note-code', device: 'Jonas’s phone' },
    { do: 'wait', seconds: 10 },
    {
      do: 'enter-noted-code',
      browser: 'Tablet',
      expect: { screens: { Tablet: 'signed-in', 'Jonas’s computer': 'signed-in' }, sessions: { jonas: 2 } },
    },
    { do: 'wait', minutes: 20, expect: { sessions: { jonas: 2 } } },
  ],
});
