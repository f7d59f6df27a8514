// S1: a code works once, wherever it is typed the second time.
import { northwind, scenario } from './scenario.ts';

export const codeTypedTwice = scenario({
  name: 'code-typed-twice',
  title: 'A code typed twice',
  cases: ['S1', 'S2', 'G6'],
  story:
    'Somebody looks over Maria’s shoulder and types her code at another computer. It was used already, which does not even count as a guess. The next code works. The code that sets Jonas’s phone up works only once too.',
  cast: northwind({
    people: [
      { name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' },
      { name: 'jonas', displayName: 'Jonas Frei' },
    ],
    browsers: ['Office laptop', 'Jonas’s computer', 'Computer in the hall'],
    devices: [{ name: 'Maria’s phone' }, { name: 'Jonas’s phone' }],
  }),
  steps: [
    { do: 'note-code', device: 'Maria’s phone' },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-noted-code',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'signed-in' } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Computer in the hall',
      expect: { screens: { 'Computer in the hall': 'code' } },
    },
    {
      do: 'enter-noted-code',
      browser: 'Computer in the hall',
      expect: {
        refused: 'code-refused',
        reason: 'replayed',
        screens: { 'Computer in the hall': 'code' },
        locked: { maria: false },
        audit: ['code-refused'],
      },
    },
    {
      do: 'enter-wrong-codes',
      browser: 'Computer in the hall',
      times: 'all-but-one',
      expect: { refused: 'code-refused', reason: 'wrong', locked: { maria: false } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Computer in the hall',
      expect: { screens: { 'Computer in the hall': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Computer in the hall',
      device: 'Maria’s phone',
      expect: { screens: { 'Computer in the hall': 'signed-in' }, sessions: { maria: 2 } },
    },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'set-up' } },
    },
    {
      do: 'scan',
      device: 'Jonas’s phone',
      browser: 'Jonas’s computer',
      expect: { accounts: { 'Jonas’s phone': 1 } },
    },
    { do: 'note-code', device: 'Jonas’s phone' },
    {
      do: 'confirm-set-up',
      browser: 'Jonas’s computer',
      device: 'Jonas’s phone',
      expect: { screens: { 'Jonas’s computer': 'keep-secret' }, factors: { jonas: 'set-up' } },
    },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Computer in the hall',
      expect: { screens: { 'Computer in the hall': 'code' } },
    },
    {
      do: 'enter-noted-code',
      browser: 'Computer in the hall',
      expect: { refused: 'code-refused', reason: 'replayed', sessions: { jonas: 1 } },
    },
  ],
});
