// G14: the trust of all browsers is ended, by an administrator and by oneself.
import { northwind, scenario } from './scenario.ts';

export const trustedBrowsersEnded = scenario({
  name: 'trusted-browsers-ended',
  title: 'The trust of all browsers is ended',
  cases: ['G14', 'G7', 'S10'],
  story:
    'Maria trusts her laptop and her tablet. After a burglary Ada ends the trust of all her browsers: the next sign-in asks for a code again. Later Maria does the same for herself, with a current code.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' },
    ],
    browsers: ['Administrator’s desk', 'Office laptop', 'Tablet'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Maria’s phone' }],
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
      expect: { trusted: { 'Office laptop': ['maria'] } },
    },
    { do: 'wait-for-next-code' },
    { do: 'sign-in', user: 'maria', browser: 'Tablet', expect: { screens: { Tablet: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Tablet',
      device: 'Maria’s phone',
      trust: true,
      expect: { trusted: { 'Office laptop': ['maria'], Tablet: ['maria'] } },
    },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Administrator’s desk',
      device: 'Ada’s phone',
      expect: { screens: { 'Administrator’s desk': 'signed-in' } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'reset-trusted-browsers',
      browser: 'Administrator’s desk',
      user: 'maria',
      device: 'Ada’s phone',
      expect: {
        trusted: { 'Office laptop': [], Tablet: [] },
        factors: { maria: 'set-up' },
        audit: ['trusted-browsers-ended'],
      },
    },
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
      expect: {
        trusted: { 'Office laptop': ['maria'], Tablet: [] },
        notices: { 'Office laptop': ['trusted-browsers-ended'] },
      },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'end-my-trusted-browsers',
      browser: 'Office laptop',
      device: 'Maria’s phone',
      expect: { trusted: { 'Office laptop': [] }, audit: ['code-accepted', 'trusted-browsers-ended'] },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
  ],
});
