// G10, when it fails: the saved secret was written down wrongly.
import { northwind, scenario } from './scenario.ts';

export const sheetNeverRight = scenario({
  name: 'sheet-never-right',
  title: 'A saved sheet that was never right',
  cases: ['G5', 'G10', 'G11'],
  story:
    'Jonas writes the secret down by hand and mistakes a letter. Nobody notices until he loses his phone: the new one shows codes, and all of them are wrong. Only the administrator can help now. Proving a sheet once would have shown it.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'jonas', displayName: 'Jonas Frei' },
    ],
    browsers: ['Administrator’s desk', 'Jonas’s computer'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Old phone' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'set-up' } },
    },
    { do: 'scan', device: 'Old phone', browser: 'Jonas’s computer' },
    {
      do: 'confirm-set-up',
      browser: 'Jonas’s computer',
      device: 'Old phone',
      expect: { factors: { jonas: 'set-up' } },
    },
    { do: 'keep-sheet', browser: 'Jonas’s computer', sheet: 'Note in the wallet', mistyped: true },
    { do: 'finish-set-up', browser: 'Jonas’s computer' },
    { do: 'sign-out', browser: 'Jonas’s computer' },
    { do: 'lose-device', device: 'Old phone' },
    { do: 'get-device', device: 'New phone' },
    {
      do: 'type-secret',
      device: 'New phone',
      sheet: 'Note in the wallet',
      expect: { accounts: { 'New phone': 1 } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'code' } },
    },
    {
      do: 'enter-code',
      browser: 'Jonas’s computer',
      device: 'New phone',
      expect: { refused: 'code-refused', reason: 'wrong', screens: { 'Jonas’s computer': 'code' } },
    },
    { do: 'sign-in', user: 'ada', browser: 'Administrator’s desk' },
    { do: 'enter-code', browser: 'Administrator’s desk', device: 'Ada’s phone' },
    { do: 'wait-for-next-code' },
    {
      do: 'reset-factor',
      browser: 'Administrator’s desk',
      user: 'jonas',
      device: 'Ada’s phone',
      expect: { factors: { jonas: 'not-set-up' } },
    },
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'set-up' } },
    },
  ],
});
