// The night in which clocks are set forward: codes go by universal time and notice nothing.
import { northwind, scenario } from './scenario.ts';

export const daylightSaving = scenario({
  name: 'daylight-saving',
  title: 'The night when clocks are set forward',
  cases: ['G8', 'S9'],
  story:
    'Jonas works late when the clocks jump from two to three. A code read just before is right just after. His sessions go on, and end when their time is over, not an hour sooner or later.',
  cast: northwind({
    startsAt: '2026-03-29T01:58:40',
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
      trust: true,
      expect: {
        screens: { 'Jonas’s computer': 'signed-in' },
        trusted: { 'Jonas’s computer': ['jonas'] },
      },
    },
    { do: 'wait', minutes: 1, seconds: 15 },
    { do: 'note-code', device: 'Jonas’s phone' },
    { do: 'sign-in', user: 'jonas', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    { do: 'wait', seconds: 10, expect: { screens: { 'Jonas’s computer': 'signed-in', Tablet: 'code' } } },
    {
      do: 'enter-noted-code',
      browser: 'Tablet',
      expect: { screens: { Tablet: 'signed-in' }, sessions: { jonas: 2 } },
    },
    {
      do: 'wait',
      seconds: 30,
      expect: { sessions: { jonas: 2 }, trusted: { 'Jonas’s computer': ['jonas'] } },
    },
    {
      do: 'wait-out',
      what: 'idle',
      expect: {
        screens: { 'Jonas’s computer': 'signed-out', Tablet: 'signed-out' },
        sessions: { jonas: 0 },
      },
    },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'signed-in' }, audit: ['trusted-browser-used'] },
    },
  ],
});
