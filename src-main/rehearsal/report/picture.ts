// A moment of the world as pictures: a small window for each browser, a small phone for each device, side by side.
// Colours are classes, which the report's style gives their light and dark tokens.
import type { SeenBrowser, SeenDevice, WorldView } from '../view.ts';
import { fitted, textWidth } from './drawn-text.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { drawScreen } from './picture-screens.ts';
import { counted } from './rehearsal-run.ts';
import { browserWords, clockWords, deviceWords, groupedCode } from './view-words.ts';
import type { ZoneClock } from './zone-clock.ts';
import { consoleAddress } from '../../../src-shared/rehearsal/console-address.ts';

export interface PictureOptions {
  readonly organization: string;
  readonly digits: number;
  readonly clock: ZoneClock;
  /** Who acted: drawn with a stronger frame. */
  readonly acting: ReadonlySet<string>;
}

const WINDOW = { width: 272, height: 206 };
const PHONE = { width: 152, height: 206 };
const MOST_ACCOUNTS = 2;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Tone = 'quiet' | 'right' | 'attention' | 'wrong';

/** A badge, and where it ends. */
function drawBadge(text: string, tone: Tone, x: number, y: number, most: number): readonly [Markup, number] {
  const shown = fitted(text, most - 16, 10.5, 'strong');
  const width = Math.ceil(textWidth(shown, 10.5, 'strong')) + 16;
  const badge = markup`<rect class="badge ${tone}" x="${x}" y="${y}" width="${width}" height="20" rx="10"/><text class="t10 strong ${tone}" x="${x + width / 2}" y="${y + 14}" text-anchor="middle">${shown}</text>`;
  return [badge, x + width];
}

/** 29.9 days → '29 days', under a day in hours. */
function leftWords(leftMs: number): string {
  if (leftMs >= DAY_MS) return counted(Math.floor(leftMs / DAY_MS), 'day');
  return counted(Math.max(0, Math.floor(leftMs / HOUR_MS)), 'hour');
}

function trustBadge({ trusted }: SeenBrowser, nowMs: number): readonly [string, Tone] {
  const [only, ...others] = trusted;
  if (only === undefined) return ['not trusted', 'quiet'];
  if (others.length > 0) return [`trusted for ${trusted.length}`, 'right'];
  return [`trusted, ${leftWords(only.untilMs - nowMs)}`, 'right'];
}

function drawBrowser(browser: SeenBrowser, nowMs: number, options: PictureOptions): Markup {
  const { organization, clock, acting } = options;
  const { width, height } = WINDOW;
  const [text, tone] = trustBadge(browser, nowMs);
  const [badge, badgeEnd] = drawBadge(text, tone, 12, 32, 150);
  const left = badgeEnd + 8;
  const address = fitted(consoleAddress(organization), width - left - 28, 10.5);
  const [trust, ...others] = browser.trusted;
  const foot =
    trust === undefined
      ? ''
      : others.length === 0
        ? `Trusted for ${trust.userName} until ${clock.day(trust.untilMs)}`
        : `Trusted for ${browser.trusted.map(({ userName }) => userName).join(', ')}`;
  return markup`<svg class="picture" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${browserWords(browser, clock)}</title><rect class="frame${acting.has(browser.name) ? ' acting' : ''}" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="12"/><text class="t13 strong ink" x="14" y="22">${fitted(browser.name, width - 28, 13, 'strong')}</text>${badge}<rect class="field" x="${left}" y="32" width="${width - 12 - left}" height="20" rx="6"/><text class="t10 muted" x="${left + 8}" y="46">${address}</text><path class="line" d="M1 61.5h${width - 2}"/>${drawScreen(browser, { ...options, width, top: 62 })}<text class="t10 muted" x="14" y="${height - 10}">${fitted(foot, width - 28, 10.5)}</text></svg>`;
}

function drawCodes({ codes, accounts }: SeenDevice, width: number): Markup {
  if (accounts === 0) return markup`<text class="t11 muted" x="14" y="92">No account yet</text>`;
  const shown = codes.slice(0, MOST_ACCOUNTS).map(({ issuer, name, code }, index) => {
    const y = 88 + index * 48;
    return markup`<text class="t10 muted" x="14" y="${y}">${fitted(`${issuer} · ${name}`, width - 28, 10.5)}</text><text class="t18 strong ink" x="14" y="${y + 21}">${groupedCode(code)}</text>`;
  });
  const left = accounts - Math.min(codes.length, MOST_ACCOUNTS);
  return markup`${shown}${left === 0 ? nothing : markup`<text class="t10 muted" x="14" y="184">${left} more</text>`}`;
}

/** In place of its codes, where nobody sees them. */
const drawClosed = (symbol: 'lock' | 'gone', words: string, accounts: number, width: number): Markup =>
  markup`<use class="symbol" href="#${symbol}" x="${width / 2 - 14}" y="92" width="28" height="28"/><text class="t11 muted" x="${width / 2}" y="142" text-anchor="middle">${words}</text><text class="t10 muted" x="${width / 2}" y="159" text-anchor="middle">${accounts === 0 ? 'no account' : counted(accounts, 'account')}</text>`;

function drawDevice(device: SeenDevice, nowMs: number, { clock, acting }: PictureOptions): Markup {
  const { width, height } = PHONE;
  const { name, lostAtMs, aheadMs, isLocked, accounts } = device;
  const isLost = lostAtMs !== null;
  const lostAt = isLost
    ? clock.day(lostAtMs) === clock.day(nowMs)
      ? clock.time(lostAtMs).slice(0, 5)
      : clock.day(lostAtMs).slice(0, -5)
    : '';
  const [text, tone]: readonly [string, Tone] = isLost
    ? [`lost ${clock.day(lostAtMs) === clock.day(nowMs) ? 'at' : 'on'} ${lostAt}`, 'wrong']
    : aheadMs === 0
      ? ['clock right', 'quiet']
      : [`clock ${clockWords(aheadMs)}`, 'attention'];
  const [badge] = drawBadge(text, tone, 12, 46, width - 24);
  const screen = isLost
    ? drawClosed('gone', 'Nobody can use it', accounts, width)
    : isLocked
      ? drawClosed('lock', 'Locked', accounts, width)
      : drawCodes(device, width);
  const frame = `frame${isLost ? ' lost' : ''}${acting.has(name) ? ' acting' : ''}`;
  return markup`<svg class="picture" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${deviceWords(device, clock)}</title><rect class="${frame}" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="20"/><path class="speaker" d="M${width / 2 - 14} 11h28"/><text class="t12 strong ${isLost ? 'muted' : 'ink'}" x="14" y="36">${fitted(name, width - 28, 12, 'strong')}</text>${badge}${screen}</svg>`;
}

/** One picture for each browser and device, each with its words as its title. */
export const drawWorld = ({ nowMs, browsers, devices }: WorldView, options: PictureOptions): Markup[] => [
  ...browsers.map((browser) => drawBrowser(browser, nowMs, options)),
  ...devices.map((device) => drawDevice(device, nowMs, options)),
];
