// S13: two people share one browser, and each has a trust of their own.
import { northwind, scenario } from './scenario.ts';

export const sharedBrowser = scenario({
  name: 'shared-browser',
  title: 'Two people share one browser',
  cases: ['S13', 'G7', 'G9', 'G14'],
  story:
    'Maria and Jonas share the computer at the counter. Maria trusts it; that says nothing about Jonas, who is asked for a code, and his sign-in does not harm her trust. Once both trust it, neither is asked. When Jonas takes his trust back, hers stays.',
  cast: northwind({
    people: [
      { name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' },
      { name: 'jonas', displayName: 'Jonas Frei', device: 'Jonas’s phone' },
    ],
    browsers: ['Counter'],
    devices: [{ name: 'Maria’s phone' }, { name: 'Jonas’s phone' }],
  }),
  steps: [
    { do: 'sign-in', user: 'maria', browser: 'Counter', expect: { screens: { Counter: 'code' } } },
    {
      do: 'enter-code',
      browser: 'Counter',
      device: 'Maria’s phone',
      trust: true,
      expect: { trusted: { Counter: ['maria'] } },
    },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Counter',
      expect: { screens: { Counter: 'code' }, sessions: { maria: 0 }, trusted: { Counter: ['maria'] } },
    },
    {
      do: 'enter-code',
      browser: 'Counter',
      device: 'Jonas’s phone',
      trust: true,
      expect: { screens: { Counter: 'signed-in' }, trusted: { Counter: ['maria', 'jonas'] } },
    },
    { do: 'sign-out', browser: 'Counter', expect: { sessions: { jonas: 0 } } },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Counter',
      expect: { screens: { Counter: 'signed-in' }, trusted: { Counter: ['maria', 'jonas'] } },
    },
    { do: 'sign-out', browser: 'Counter', expect: { sessions: { maria: 0 } } },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Counter',
      expect: { screens: { Counter: 'signed-in' }, sessions: { jonas: 1, maria: 0 } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'end-my-trusted-browsers',
      browser: 'Counter',
      device: 'Jonas’s phone',
      expect: { trusted: { Counter: ['maria'] }, audit: ['code-accepted', 'trusted-browsers-ended'] },
    },
    { do: 'sign-in', user: 'jonas', browser: 'Counter', expect: { screens: { Counter: 'code' } } },
    {
      do: 'sign-in',
      user: 'maria',
      browser: 'Counter',
      expect: { screens: { Counter: 'signed-in' }, trusted: { Counter: ['maria'] } },
    },
  ],
});
