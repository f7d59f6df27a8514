// G1, G2: two-factor authentication is turned on while somebody is signed in.
import { northwind, scenario } from './scenario.ts';

export const turnedOnWhileSignedIn = scenario({
  name: 'turned-on-while-signed-in',
  title: 'Turned on while somebody is signed in',
  cases: ['G1', 'G2', 'G3', 'G4', 'G7'],
  story:
    'Jonas stays signed in when Ada turns two-factor authentication on. At the next sign-in there is no way around the set-up: a mistyped secret does not pass. Only the sign-in after that offers to trust the browser.',
  cast: northwind({
    twoFactor: 'off',
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator' },
      { name: 'jonas', displayName: 'Jonas Frei' },
    ],
    browsers: ['Administrator’s desk', 'Jonas’s computer'],
    devices: [{ name: 'Jonas’s phone' }, { name: 'Jonas’s tablet' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'signed-in' } },
    },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Administrator’s desk',
      expect: { screens: { 'Administrator’s desk': 'signed-in' } },
    },
    {
      do: 'turn-on',
      browser: 'Administrator’s desk',
      expect: { sessions: { jonas: 1 }, audit: ['two-factor-turned-on'] },
    },
    {
      do: 'reload',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'signed-in' }, factors: { jonas: 'not-set-up' } },
    },
    {
      do: 'wait-out',
      what: 'idle',
      expect: { screens: { 'Jonas’s computer': 'signed-out' }, sessions: { jonas: 0 } },
    },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'set-up' }, offersTrust: { 'Jonas’s computer': false } },
    },
    { do: 'reload', browser: 'Jonas’s computer', expect: { screens: { 'Jonas’s computer': 'set-up' } } },
    { do: 'keep-sheet', browser: 'Jonas’s computer', sheet: 'Hasty note', mistyped: true },
    {
      do: 'type-secret',
      device: 'Jonas’s tablet',
      sheet: 'Hasty note',
      expect: { accounts: { 'Jonas’s tablet': 1 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Jonas’s computer',
      device: 'Jonas’s tablet',
      expect: {
        refused: 'code-refused',
        reason: 'wrong',
        screens: { 'Jonas’s computer': 'set-up' },
        factors: { jonas: 'pending' },
        sessions: { jonas: 0 },
      },
    },
    {
      do: 'scan',
      device: 'Jonas’s phone',
      browser: 'Jonas’s computer',
      expect: { accounts: { 'Jonas’s phone': 1 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Jonas’s computer',
      device: 'Jonas’s phone',
      expect: {
        screens: { 'Jonas’s computer': 'keep-secret' },
        factors: { jonas: 'set-up' },
        trusted: { 'Jonas’s computer': [] },
      },
    },
    {
      do: 'finish-set-up',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'signed-in' } },
    },
    { do: 'sign-out', browser: 'Jonas’s computer', expect: { sessions: { jonas: 0 } } },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'code' }, offersTrust: { 'Jonas’s computer': true } },
    },
  ],
});
