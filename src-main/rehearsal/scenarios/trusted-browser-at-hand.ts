// G9: the device is lost, but a browser that is trusted is at hand.
import { northwind, scenario } from './scenario.ts';

export const trustedBrowserAtHand = scenario({
  name: 'trusted-browser-at-hand',
  title: 'Lost device, trusted browser at hand',
  cases: ['G9', 'G7'],
  story:
    'Maria has ticked “Trust this browser” on her office laptop. Then she leaves her phone in a taxi. At the hotel computer she is asked for a code and has none; at the office laptop the password is enough.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Old phone' }],
    browsers: ['Office laptop', 'Hotel computer'],
    devices: [{ name: 'Old phone' }],
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
      device: 'Old phone',
      trust: true,
      expect: {
        screens: { 'Office laptop': 'signed-in' },
        trusted: { 'Office laptop': ['maria'], 'Hotel computer': [] },
        audit: ['code-accepted', 'browser-trusted', 'signed-in'],
      },
    },
    {
      do: 'sign-out',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'signed-out' }, trusted: { 'Office laptop': ['maria'] } },
    },
    { do: 'wait', days: 1 },
    { do: 'lose-device', device: 'Old phone' },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Hotel computer',
      expect: { screens: { 'Hotel computer': 'code' }, trusted: { 'Hotel computer': [] } },
    },
    {
      do: 'enter-code',
      browser: 'Hotel computer',
      device: 'Old phone',
      expect: { refused: 'not-possible', screens: { 'Hotel computer': 'code' } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: {
        screens: { 'Office laptop': 'signed-in' },
        audit: ['password-accepted', 'trusted-browser-used', 'signed-in'],
      },
    },
  ],
});
