// The night in which clocks are set forward: codes go by universal time and notice nothing.
import { northwind, scenario } from './scenario.ts';

export const daylightSaving = scenario({
  name: 'daylight-saving',
  title: 'The night when clocks are set forward',
  cases: ['G8', 'S9'],
  story:
    'Jonas works late on the last Sunday of March. At two in the morning the clocks jump to three. His session does not end by that, no code is lost or doubled, and a code read just before the change is right just after it. Unused, the session ends when its time is over, not an hour sooner or later.',
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
