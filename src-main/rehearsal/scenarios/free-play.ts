// No story: a world to do in it as one likes.
import { northwind, scenario } from './scenario.ts';

export const freePlay = scenario({
  name: 'free-play',
  title: 'Free play',
  cases: [],
  story:
    'A world of your own: an organization with two-factor authentication on, an administrator and two users, two browsers and two devices. Do as you like, and keep what you did as a scenario.',
  cast: northwind({
    people: [
      { name: 'admin', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria', displayName: 'Maria Keller', device: 'Maria’s phone' },
      { name: 'jonas', displayName: 'Jonas Frei' },
    ],
    browsers: ['Office laptop', 'Home computer'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Maria’s phone' }],
  }),
  steps: [],
});
