// S13: the copy of a trust cookie that is shown after its owner has used the browser again.
import { northwind, scenario } from './scenario.ts';

export const stolenTrustLate = scenario({
  name: 'stolen-trust-late',
  title: 'A stolen trust cookie, shown too late',
  cases: ['S13', 'S17'],
  story:
    'Maria signs in once more before the thief does, so that the copy is old when it is shown. Who of the two is the thief nobody knows: the trust and its session end, and both are asked for a code. Maria is told.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' }],
    browsers: ['Office laptop', 'Tablet', 'Thief’s computer'],
    devices: [{ name: 'Maria’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' }, offersTrust: { 'Office laptop': true } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Maria’s phone',
      trust: true,
      expect: { trusted: { 'Office laptop': ['maria'] }, audit: ['browser-trusted', 'signed-in'] },
    },
    { do: 'sign-out', browser: 'Office laptop', expect: { sessions: { maria: 0 } } },
    {
      do: 'copy-cookies',
      from: 'Office laptop',
      to: 'Thief’s computer',
      expect: { screens: { 'Thief’s computer': 'signed-out' }, trusted: { 'Thief’s computer': ['maria'] } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: {
        screens: { 'Office laptop': 'signed-in' },
        trusted: { 'Office laptop': ['maria'], 'Thief’s computer': [] },
      },
    },
    { do: 'wait-for-next-code' },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Maria’s phone',
      expect: { screens: { Tablet: 'signed-in' }, sessions: { maria: 2 } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Thief’s computer',
      expect: {
        screens: { 'Thief’s computer': 'code', 'Office laptop': 'signed-out', Tablet: 'signed-in' },
        trusted: { 'Thief’s computer': [], 'Office laptop': [] },
        sessions: { maria: 1 },
        audit: ['trusted-browser-stolen'],
      },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
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
  ],
});
