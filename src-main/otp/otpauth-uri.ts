// Reads and writes otpauth:// links (Key URI Format), with the quirks of links found in the field.
import { type OtpAlgorithm, TwofoldError } from '../../src-shared/contract/index.ts';
import { decodeBase32, encodeBase32 } from './base32.ts';
import { cleanLabel, MAX_LABEL_CHARACTERS } from './label.ts';
import {
  DEFAULT_PARAMETERS,
  MAX_DIGITS,
  MAX_PERIOD_S,
  MIN_DIGITS,
  type OtpParameters,
  type OtpType,
  STEAM_PARAMETERS,
} from './parameters.ts';

export const MAX_LINK_CHARACTERS = 8_000;

/** Everything that an otpauth link says. */
export interface OtpauthAccount extends OtpParameters {
  readonly type: OtpType;
  /** May be empty. */
  readonly issuer: string;
  /** May be empty. */
  readonly name: string;
  readonly secret: Uint8Array;
  /** The next counter of an HOTP account; 0 for all others. `periodS` is 0 for HOTP. */
  readonly counter: number;
}

const refuse = (reason: string, message: string): TwofoldError =>
  new TwofoldError('account-refused', message, { reason });

/**
 * Writes the link of an account: `otpauth://TYPE/ISSUER:NAME?secret=…`. Defaults are written out too, because some
 * readers get them wrong. Steam accounts are written as Ente and Aegis do.
 */
export function writeOtpauthUri(
  account: Omit<OtpauthAccount, 'counter'> & { readonly counter?: number },
): string {
  const { type, issuer, name } = account;
  const prefix = issuer === '' && !name.includes(':') ? '' : `${encodeURIComponent(issuer)}:`;
  const parameters = [`secret=${encodeBase32(account.secret)}`];
  if (issuer !== '') parameters.push(`issuer=${encodeURIComponent(issuer)}`);
  parameters.push(`algorithm=${account.algorithm.replace('-', '')}`, `digits=${account.digits}`);
  parameters.push(type === 'hotp' ? `counter=${account.counter ?? 0}` : `period=${account.periodS}`);
  return `otpauth://${type}/${prefix}${encodeURIComponent(name)}?${parameters.join('&')}`;
}

/**
 * Reads a link. What is absent gets the format's default; what is there and wrong is refused, never replaced. Throws
 * TwofoldError `account-refused`; details.reason says why: `link-too-long`, `not-otpauth`, `migration`, `unknown-type`,
 * `repeated-parameter`, `label-too-long`, `algorithm`, `digits`, `period`, `counter`, or a reason of `decodeBase32`.
 */
export function parseOtpauthUri(text: string): OtpauthAccount {
  if (text.length > MAX_LINK_CHARACTERS) {
    throw refuse(
      'link-too-long',
      `The link is longer than ${MAX_LINK_CHARACTERS} characters. Ask the service for a new link or QR code.`,
    );
  }
  const link = text.trim();
  // Bitwarden writes Steam secrets as a scheme of their own.
  const steamSecret = /^steam:\/\/(.*)$/iu.exec(link)?.[1];
  if (steamSecret !== undefined) return steamAccount('Steam', '', steamSecret);
  if (/^otpauth-migration:/iu.test(link)) {
    throw refuse(
      'migration',
      'This is an export of Google Authenticator, which holds several accounts and not one. Read it as a picture, or paste it as a link.',
    );
  }
  // Parsed by hand: URL parsers treat unencoded spaces, "#" and capitals in such links each in their own way.
  const parts = /^otpauth:\/\/([^/?]*)\/?([^?]*)(?:\?(.*))?$/isu.exec(link);
  if (parts === null) {
    throw refuse(
      'not-otpauth',
      'This is not an otpauth:// link. Paste the whole link as the service shows it.',
    );
  }
  const parameters = readParameters(parts[3] ?? '');
  const { issuer, name } = readLabel(percentDecoded(parts[2] ?? ''), parameters.get('issuer') ?? '');
  const type = readType(parts[1] ?? '', parameters, issuer);
  const secretText = parameters.get('secret') ?? '';
  if (type === 'steam') return steamAccount(issuer, name, secretText);
  return {
    type,
    issuer,
    name,
    secret: decodeBase32(secretText),
    algorithm: readAlgorithm(parameters.get('algorithm')),
    digits: readInteger(parameters, 'digits', DEFAULT_PARAMETERS.digits, MIN_DIGITS, MAX_DIGITS),
    periodS:
      type === 'hotp' ? 0 : readInteger(parameters, 'period', DEFAULT_PARAMETERS.periodS, 1, MAX_PERIOD_S),
    counter: type === 'hotp' ? readInteger(parameters, 'counter', 0, 0, Number.MAX_SAFE_INTEGER) : 0,
  };
}

/** Text with broken percent signs ("100% safe") is meant as it stands. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Parameters that have a default. */
const defaulted: ReadonlySet<string> = new Set(['algorithm', 'digits', 'period', 'counter']);

function readParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [, rawName = '', rawValue = ''] = /^([^=]*)=?(.*)$/su.exec(pair) ?? [];
    const name = percentDecoded(rawName).trim().toLowerCase();
    if (name === '') continue;
    // "+" stands for a space in queries; in a secret it would vanish silently, so there it stays and is refused.
    const value = percentDecoded(name === 'secret' ? rawValue : rawValue.replaceAll('+', ' '));
    // Seen in the field: "issuer=Fooperiod=30", the ampersand lost.
    const lost = name === 'issuer' ? /^(.*)period=(\d+)$/su.exec(value) : null;
    if (lost !== null) setOnce(parameters, 'period', lost[2] ?? '');
    // Other apps write "digits=null" for what they do not know.
    if (!(defaulted.has(name) && value.trim() === 'null')) {
      setOnce(parameters, name, lost?.[1] ?? value);
    }
  }
  return parameters;
}

function setOnce(parameters: Map<string, string>, name: string, value: string): void {
  const before = parameters.get(name);
  if (before !== undefined && before !== value) {
    throw refuse(
      'repeated-parameter',
      'The link says the same thing twice and differently. Ask the service for a new link or QR code.',
    );
  }
  parameters.set(name, value);
}

function readType(text: string, parameters: ReadonlyMap<string, string>, issuer: string): OtpType {
  const type = text.toLowerCase();
  if (type === 'hotp' || type === 'steam') return type;
  if (type !== 'totp') {
    throw refuse(
      'unknown-type',
      'The link is of a kind that Twofold does not know: neither time-based (totp), counter-based (hotp) nor Steam.',
    );
  }
  // KeePassXC marks Steam by an encoder, Stratum by a parameter; others by the issuer, with five digits or none named.
  const isSteamIssuer = issuer.toLowerCase() === 'steam';
  const digits = parameters.get('digits');
  const isSteam =
    parameters.get('encoder')?.toLowerCase() === 'steam' ||
    parameters.has('steam') ||
    (isSteamIssuer && (digits === undefined || digits === '5'));
  return isSteam ? 'steam' : 'totp';
}

/**
 * Splits the label at its issuer. Where the issuer parameter says something else than the label's prefix, both are kept:
 * the parameter as issuer, the whole label as name ("Contoso:kim" issued by Microsoft).
 */
function readLabel(rawLabel: string, rawIssuer: string): { issuer: string; name: string } {
  const label = cleanLabel(rawLabel);
  const named = cleanLabel(rawIssuer);
  const colon = named !== '' && label.startsWith(`${named}:`) ? named.length : label.indexOf(':');
  const prefix = colon < 0 ? '' : label.slice(0, colon).trim();
  const rest = label.slice(colon + 1).trim();
  const agree = named === '' || prefix === '' || prefix.toLowerCase() === named.toLowerCase();
  const issuer = named === '' ? prefix : named;
  const name = agree ? rest : label;
  if (issuer.length > MAX_LABEL_CHARACTERS || name.length > MAX_LABEL_CHARACTERS) {
    throw refuse(
      'label-too-long',
      `The issuer or the account name is longer than ${MAX_LABEL_CHARACTERS} characters. Add the account by hand with a shorter name.`,
    );
  }
  return { issuer, name };
}

/** Case does not matter; "HmacSHA1" (Aegis), "Algorithm.sha1" (old Ente) and "SHA-1" are the same. */
function readAlgorithm(text: string | undefined): OtpAlgorithm {
  if (text === undefined) return DEFAULT_PARAMETERS.algorithm;
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^algorithm\./u, '')
    .replace(/^hmac[-_]?/u, '');
  const size = /^sha[-_]?(1|256|512)$/u.exec(plain)?.[1];
  if (size === '1') return 'SHA-1';
  if (size === '256') return 'SHA-256';
  if (size === '512') return 'SHA-512';
  throw refuse(
    'algorithm',
    'The link asks for a hash algorithm that Twofold does not know. SHA-1, SHA-256 and SHA-512 can be used.',
  );
}

function readInteger(
  parameters: ReadonlyMap<string, string>,
  name: 'digits' | 'period' | 'counter',
  absent: number,
  least: number,
  most: number,
): number {
  const text = parameters.get(name)?.trim();
  if (text === undefined) return absent;
  const value = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const what = {
    digits: `The link asks for codes of a length that cannot be. ${least} to ${most} digits can be used.`,
    period: `The link asks for a period that cannot be. 1 to ${most} seconds can be used.`,
    counter: 'The link has a counter that is no whole number.',
  };
  throw refuse(name, `${what[name]} Ask the service for a new link or QR code.`);
}

/** Steam secrets come in base32 or, as Steam itself stores them, 20 bytes in base64. */
function steamAccount(issuer: string, name: string, secretText: string): OtpauthAccount {
  const secret = /^[A-Za-z0-9+/]{27}=$/u.test(secretText)
    ? Uint8Array.from(Buffer.from(secretText, 'base64'))
    : decodeBase32(secretText);
  return { type: 'steam', issuer, name, secret, ...STEAM_PARAMETERS, counter: 0 };
}
