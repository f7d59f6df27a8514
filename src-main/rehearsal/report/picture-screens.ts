// What a browser shows, drawn in a few lines: enough to know the screen again.
import type { BrowserScreen } from '../../../src-shared/contract/index.ts';
import type { SeenBrowser } from '../view.ts';
import { fitted, textWidth } from './drawn-text.ts';
import { type Markup, markup } from './markup.ts';
import { screenTitles } from './view-words.ts';

export interface ScreenOptions {
  readonly organization: string;
  readonly digits: number;
  readonly width: number;
  /** Where the screen begins. */
  readonly top: number;
}

const LEFT = 14;

const field = (label: string, x: number, y: number, width: number): Markup =>
  markup`<rect class="input" x="${x}" y="${y}" width="${width}" height="22" rx="6"/><text class="t10 muted" x="${x + 8}" y="${y + 15}">${label}</text>`;

const mainButton = (label: string, x: number, y: number, width: number): Markup =>
  markup`<rect class="main-button" x="${x}" y="${y}" width="${width}" height="22" rx="6"/><text class="t10 strong on-accent" x="${x + width / 2}" y="${y + 15}" text-anchor="middle">${label}</text>`;

/** A button as wide as its label. */
const button = (label: string, x: number, y: number): Markup => {
  const width = Math.ceil(textWidth(label, 10.5, 'strong')) + 14;
  return markup`<rect class="input" x="${x}" y="${y}" width="${width}" height="22" rx="6"/><text class="t10 strong ink" x="${x + width / 2}" y="${y + 15}" text-anchor="middle">${label}</text>`;
};

/** Empty boxes for the digits; the next one waits. */
function codeBoxes(digits: number, y: number): Markup {
  const width = digits > 6 ? 24 : 28;
  const boxes = Array.from(
    { length: digits },
    (_, index) =>
      markup`<rect class="input${index === 0 ? ' waiting' : ''}" x="${LEFT + index * (width + 6)}" y="${y}" width="${width}" height="32" rx="7"/>`,
  );
  return markup`${boxes}`;
}

/** A QR code as a symbol, which no reader takes for one, and what stands beside it. */
const qrCode = (y: number, lines: readonly string[], width: number): Markup => {
  const left = LEFT + 72;
  const texts = lines.map(
    (line, index) =>
      markup`<text class="t10 muted" x="${left}" y="${y + 13 + index * 16}">${fitted(line, width - left - LEFT, 10.5)}</text>`,
  );
  return markup`<use class="qr" href="#qr" x="${LEFT}" y="${y}" width="60" height="60"/>${texts}<path class="secret" d="M${left} ${y + 50}h34m8 0h34m8 0h34"/>`;
};

type Draw = (y: number, options: ScreenOptions) => Markup;

/** Below the title and the line that says who is there. */
const drawings: Readonly<Record<BrowserScreen, Draw>> = {
  'no-organization': (y, { width }) =>
    markup`${field('Organization name', LEFT, y, width - 2 * LEFT)}${mainButton('Create', LEFT, y + 30, 76)}`,
  'signed-out': (y, { width }) =>
    markup`${field('User name', LEFT, y - 18, width - 2 * LEFT)}${field('Password', LEFT, y + 10, width - 2 * LEFT)}${mainButton('Sign in', LEFT, y + 38, width - 2 * LEFT)}`,
  'change-password': (y, { width }) =>
    markup`${field('New password', LEFT, y, width - 2 * LEFT)}${mainButton('Set password', LEFT, y + 30, 96)}`,
  code: (y, { digits }) =>
    markup`${codeBoxes(digits, y)}<text class="t10 muted" x="${LEFT}" y="${y + 50}">I can’t use my device</text>`,
  'break-glass': (y) =>
    markup`<use class="symbol" href="#delay" x="${LEFT}" y="${y}" width="28" height="28"/><text class="t10 muted" x="${LEFT + 38}" y="${y + 18}">The sign-in goes on when it is over</text>`,
  'set-up': (y, { width }) => qrCode(y - 2, ['Scan this with your app,', 'or type the secret'], width),
  'keep-secret': (y, { width }) => qrCode(y - 2, ['Print it or save it:', 'a new device needs it'], width),
  'signed-in': (y) =>
    markup`${button('Reset two-factor authentication', LEFT, y)}${button('Sign out', LEFT, y + 28)}`,
  reset: (y, { width }) => qrCode(y - 2, ['Scan this with the new', 'device; the old one works'], width),
};

/** Who is there, where the screen knows. */
function whoWords({ screen, userName, displayName }: SeenBrowser, organization: string): string {
  if (userName === null) return '';
  return screen === 'signed-in'
    ? `${userName} at ${organization}`
    : `${displayName ?? userName} (${userName})`;
}

export function drawScreen(browser: SeenBrowser, options: ScreenOptions): Markup {
  const { width, top, organization } = options;
  const { screen, displayName } = browser;
  const title =
    screen === 'signed-in' && displayName !== null ? `Welcome, ${displayName}` : screenTitles[screen];
  const who = fitted(whoWords(browser, organization), width - 2 * LEFT, 11);
  return markup`<text class="t13 strong ink" x="${LEFT}" y="${top + 22}">${fitted(title, width - 2 * LEFT, 13, 'strong')}</text><text class="t11 muted" x="${LEFT}" y="${top + 39}">${who}</text>${drawings[screen](top + 50, options)}`;
}
