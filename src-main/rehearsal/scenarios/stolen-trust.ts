// S13: a thief copies what a trusted browser holds.
import { northwind, scenario } from './scenario.ts';

export const stolenTrust = scenario({
  name: 'stolen-trust',
  title: 'A stolen trust cookie',
  cases: ['S13', 'S17'],
  story:
    'A thief has Maria’s password and a copy of all that her trusted laptop holds, and comes first. When Maria comes, her laptop shows an old token: the trust and the thief’s session end, she is asked for a code, and told.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' }],
    browsers: ['Office laptop', 'Thief’s computer'],
    devices: [{ name: 'Maria’s phone' }],
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
      device: 'Maria’s phone',
      trust: true,
      expect: { trusted: { 'Office laptop': ['maria'] } },
    },
    { do: 'sign-out', browser: 'Office laptop', expect: { sessions: { maria: 0 } } },
    {
      do: 'copy-cookies',
      from: 'Office laptop',
      to: 'Thief’s computer',
      expect: { trusted: { 'Thief’s computer': ['maria'] } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Thief’s computer',
      expect: {
        screens: { 'Thief’s computer': 'signed-in' },
        sessions: { maria: 1 },
        audit: ['trusted-browser-used'],
      },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: {
        screens: { 'Office laptop': 'code', 'Thief’s computer': 'signed-out' },
        trusted: { 'Office laptop': [], 'Thief’s computer': [] },
        sessions: { maria: 0 },
        audit: ['trusted-browser-stolen'],
      },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Maria’s phone',
      expect: {
        screens: { 'Office laptop': 'signed-in' },
        notices: { 'Office laptop': ['trusted-browser-stolen'] },
      },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Thief’s computer',
      expect: { screens: { 'Thief’s computer': 'code' } },
    },
  ],
});
