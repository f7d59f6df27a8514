// S5, S6: somebody who has the password guesses codes until they are locked.
import { northwind, scenario } from './scenario.ts';

export const guessing = scenario({
  name: 'guessing',
  title: 'Guessing until the lock, and after',
  cases: ['S5', 'S6', 'S17'],
  story:
    'Somebody has Maria’s password and tries codes. Another computer wins no further tries. During the lock not even her own code is taken; after it she is let in, and told of the tries. The next lock lasts twice as long.',
  cast: northwind({
    people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' }],
    browsers: ['Office laptop', 'Computer far away', 'Another computer'],
    devices: [{ name: 'Maria’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Computer far away',
      expect: { screens: { 'Computer far away': 'code' } },
    },
    {
      do: 'enter-wrong-codes',
      browser: 'Computer far away',
      times: 'all-but-one',
      expect: { refused: 'code-refused', reason: 'wrong', locked: { maria: false } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Another computer',
      expect: { screens: { 'Another computer': 'code' }, audit: ['password-accepted'] },
    },
    {
      do: 'enter-wrong-codes',
      browser: 'Another computer',
      times: 1,
      expect: { refused: 'locked-out', locked: { maria: true }, audit: ['code-refused', 'code-locked'] },
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
      expect: { refused: 'locked-out', reason: 'too-many-codes', screens: { 'Office laptop': 'code' } },
    },
    { do: 'wait-out', what: 'lock', expect: { locked: { maria: false } } },
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
      expect: { screens: { 'Office laptop': 'signed-in' }, notices: { 'Office laptop': ['wrong-code'] } },
    },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Computer far away',
      expect: { screens: { 'Computer far away': 'code' } },
    },
    {
      do: 'enter-wrong-codes',
      browser: 'Computer far away',
      times: 'until-locked',
      expect: { refused: 'locked-out', locked: { maria: true }, audit: ['code-locked'] },
    },
    { do: 'wait-out', what: 'first-lock', expect: { locked: { maria: true } } },
    { do: 'wait-out', what: 'first-lock', expect: { locked: { maria: false } } },
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
      expect: { screens: { 'Office laptop': 'signed-in' }, audit: ['code-accepted', 'signed-in'] },
    },
  ],
});
