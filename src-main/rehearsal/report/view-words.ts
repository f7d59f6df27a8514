// The world at one moment in words: beside the pictures for whoever does not see them, and in place of them.
import type { BrowserScreen } from '../../../src-shared/contract/index.ts';
import { spanWords } from '../actions/time-actions.ts';
import { offWords } from '../actions/device-actions.ts';
import type { SeenBrowser, SeenDevice, WorldView } from '../view.ts';
import { counted } from './rehearsal-run.ts';
import type { ZoneClock } from './zone-clock.ts';

const MINUTE_S = 60;

/** What stands at the top of each screen. */
export const screenTitles: Readonly<Record<BrowserScreen, string>> = {
  'no-organization': 'Create an organization',
  'signed-out': 'Sign in',
  'change-password': 'Choose your own password',
  code: 'Enter your code',
  'break-glass': 'The delay is running',
  'set-up': 'Set up two-factor authentication',
  'keep-secret': 'Keep your secret',
  'signed-in': 'Signed in',
  reset: 'Reset two-factor authentication',
};

/** '287082' → '287 082'. */
export const groupedCode = (code: string): string => code.replaceAll(/(.{3})(?=.)/gu, '$1 ');

/** 'right', '90 s ahead', '2 hours behind'. */
export function clockWords(aheadMs: number): string {
  const seconds = Math.round(aheadMs / 1000);
  if (Math.abs(seconds) <= 2 * MINUTE_S) return offWords(seconds);
  return `${spanWords(Math.abs(seconds))} ${seconds > 0 ? 'ahead' : 'behind'}`;
}

/** 'Office laptop: “Enter your code”, Maria Keller (maria); trusted for maria until Thu 2 Apr 2026, 10:00:00'. */
export function browserWords(
  { name, screen, userName, displayName, trusted, showsQrCode }: SeenBrowser,
  clock: ZoneClock,
): string {
  const who = userName === null ? '' : `, ${displayName ?? userName} (${userName})`;
  const trusts = trusted.map((one) => `${one.userName} until ${clock.full(one.untilMs)}`);
  return [
    `${name}: “${screenTitles[screen]}”${who}`,
    ...(showsQrCode ? ['a QR code is shown'] : []),
    trusts.length === 0 ? 'not trusted' : `trusted for ${trusts.join(', ')}`,
  ].join('; ');
}

/** 'Old phone: its clock is right; Northwind · maria 287 082'. */
export function deviceWords(device: SeenDevice, clock: ZoneClock): string {
  const { name, lostAtMs, aheadMs, isLocked, accounts, codes } = device;
  const held = accounts === 0 ? 'no account' : counted(accounts, 'account');
  if (lostAtMs !== null) return `${name}: lost since ${clock.full(lostAtMs)}; ${held}`;
  const off = `its clock is ${clockWords(aheadMs)}`;
  if (isLocked) return `${name}: locked; ${off}; ${held}`;
  const shown = codes.map((one) => `${one.issuer} · ${one.name} ${groupedCode(one.code)}`);
  return [`${name}: ${off}`, ...(shown.length === 0 ? [held] : shown)].join('; ');
}

/** A line for each browser and device. */
export const viewWords = ({ browsers, devices }: WorldView, clock: ZoneClock): string[] => [
  ...browsers.map((browser) => browserWords(browser, clock)),
  ...devices.map((device) => deviceWords(device, clock)),
];
