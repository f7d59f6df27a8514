// G10, when it fails: the saved secret was written down wrongly.
import { northwind, scenario } from './scenario.ts';

export const sheetNeverRight = scenario({
  name: 'sheet-never-right',
  title: 'A saved sheet that was never right',
  cases: ['G5', 'G10', 'G11'],
  story:
    'Jonas writes the secret down with a mistake. It shows when his phone is lost: the codes of the new one are all wrong, and only Ada can help. Set up again, he tries the new sheet at once with a second device.',
  cast: northwind({
    people: [
      { name: 'ada', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'jonas', displayName: 'Jonas Frei' },
    ],
    browsers: ['Administrator’s desk', 'Jonas’s computer'],
    devices: [{ name: 'Ada’s phone' }, { name: 'Old phone' }, { name: 'Tablet' }],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'jonas',
      browser: 'Jonas’s computer',
      expect: { screens: { 'Jonas’s computer': 'set-up' } },
    },
    {
      do: 'scan',
      device: 'Old phone',
      browser: 'Jonas’s computer',
      expect: { accounts: { 'Old phone': 1 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Jonas’s computer',
      device: 'Old phone',
      expect: { screens: { 'Jonas’s computer': 'keep-secret' }, factors: { jonas: 'set-up' } },
    },
    { do: 'keep-sheet', browser: 'Jonas’s computer', sheet: 'Note in the wallet', mistyped: true },
    { do: 'lose-device', device: 'Old phone' },
    { do: 'get-device', device: 'New phone' },
    {
      do: 'type-secret',
      device: 'New phone',
      sheet: 'Note in the wallet',
      expect: { accounts: { 'New phone': 1 } },
    },
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
    {
      do: 'scan',
      device: 'New phone',
      browser: 'Jonas’s computer',
      expect: { accounts: { 'New phone': 2 } },
    },
    {
      do: 'confirm-set-up',
      browser: 'Jonas’s computer',
      device: 'New phone',
      expect: { screens: { 'Jonas’s computer': 'keep-secret' }, factors: { jonas: 'set-up' } },
    },
    { do: 'keep-sheet', browser: 'Jonas’s computer', sheet: 'Sheet in the drawer' },
    {
      do: 'type-secret',
      device: 'Tablet',
      sheet: 'Sheet in the drawer',
      expect: { accounts: { Tablet: 1 } },
    },
    { do: 'wait-for-next-code' },
    {
      do: 'prove-backup',
      browser: 'Jonas’s computer',
      device: 'Tablet',
      expect: { audit: ['code-accepted', 'backup-proven'] },
    },
  ],
});
