// G13: what an administrator’s reset needs, and what it ends.
import { northwind, scenario } from './scenario.ts';

export const administratorResets = scenario({
  name: 'administrator-resets',
  title: 'The administrator resets a user',
  cases: ['G13', 'S10', 'S11'],
  story:
    'Maria is signed in on two browsers, one of them trusted. Ada cannot reset her without a code of her own, and nobody resets their own factor this way. With the code the reset ends Maria’s sessions and her trusted browser at once.',
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
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Office laptop',
      device: 'Maria’s phone',
      trust: true,
      expect: { trusted: { 'Office laptop': ['maria'] }, sessions: { maria: 1 } },
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
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'maria',
      expect: { refused: 'code-required', factors: { maria: 'set-up' }, sessions: { maria: 2 } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'ada',
      device: 'Ada’s phone',
      expect: { refused: 'conflict', reason: 'own-account', factors: { ada: 'set-up' } },
    },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'maria',
      device: 'Ada’s phone',
      expect: {
        factors: { maria: 'not-set-up' },
        sessions: { maria: 0 },
        trusted: { 'Office laptop': [] },
        screens: { 'Office laptop': 'signed-out', Tablet: 'signed-out' },
        audit: ['code-accepted', 'factor-reset'],
      },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'set-up' } },
    },
  ],
});
