// Break-glass codes in wrong hands: what the delay is for.
import { northwind, scenario } from './scenario.ts';

export const breakGlassStopped = scenario({
  name: 'break-glass-stopped',
  title: 'A stolen break-glass code is stopped',
  cases: ['S10', 'S17', 'S18'],
  story:
    'Somebody has Ada’s password and the envelope from the safe. The code opens nothing before its delay is over: Ben, the other administrator, is told and stops it. The code is worth nothing any more, and Ada’s phone works as before.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'ben', displayName: 'Ben Okafor', role: 'administrator', device: 'Ben’s phone' },
    ],
    browsers: ['Ada’s desk', 'Ben’s desk', 'Thief’s computer'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Ben’s phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Ada’s desk',
      expect: { screens: { 'Ada’s desk': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Ada’s desk',
      device: 'Ada’s phone',
      expect: { screens: { 'Ada’s desk': 'signed-in' } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'make-break-glass',
      browser: 'Ada’s desk',
      device: 'Ada’s phone',
      sheet: 'Envelope in the safe',
      expect: { audit: ['code-accepted', 'break-glass-made'] },
    },
    { do: 'sign-out', browser: 'Ada’s desk', expect: { sessions: { ada: 0 } } },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Thief’s computer',
      expect: { screens: { 'Thief’s computer': 'code' } },
    },
    {
      do: 'use-break-glass',
      browser: 'Thief’s computer',
      sheet: 'Envelope in the safe',
      expect: {
        screens: { 'Thief’s computer': 'break-glass' },
        factors: { ada: 'set-up' },
        sessions: { ada: 0 },
        audit: ['break-glass-used'],
      },
    },
    {
      do: 'sign-in',
      user: 'ben',
      browser: 'Ben’s desk',
      expect: { screens: { 'Ben’s desk': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Ben’s desk',
      device: 'Ben’s phone',
      expect: { screens: { 'Ben’s desk': 'signed-in' }, notices: { 'Ben’s desk': ['break-glass-used'] } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'cancel-break-glass',
      browser: 'Ben’s desk',
      device: 'Ben’s phone',
      expect: { screens: { 'Thief’s computer': 'code' }, audit: ['code-accepted', 'break-glass-cancelled'] },
    },
    { do: 'wait-out', what: 'break-glass', expect: { factors: { ada: 'set-up' } } },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Thief’s computer',
      expect: { screens: { 'Thief’s computer': 'code' } },
    },
    {
      do: 'use-break-glass',
      browser: 'Thief’s computer',
      sheet: 'Envelope in the safe',
      expect: { refused: 'code-refused', reason: 'wrong', factors: { ada: 'set-up' } },
    },
    {
      do: 'sign-in',
      user: 'ada',
      browser: 'Ada’s desk',
      expect: { screens: { 'Ada’s desk': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Ada’s desk',
      device: 'Ada’s phone',
      expect: {
        screens: { 'Ada’s desk': 'signed-in' },
        notices: { 'Ada’s desk': ['break-glass-cancelled'] },
      },
    },
  ],
});
