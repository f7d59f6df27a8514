// What a picture or a text holds, piece by piece: an account, or a reason why it is none. Never the content itself.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { MAX_CANDIDATES } from './candidates.ts';
import { accountFromLink, type NewAccount } from './new-account.ts';

export type Finding =
  | { readonly kind: 'account'; readonly account: NewAccount }
  | { readonly kind: 'left-out'; readonly where: string; readonly reason: string };

/** More reasons than this help nobody. */
const MAX_LEFT_OUT = 100;
/** What a foreign code or line may show of itself: its scheme, which is no secret. */
const MAX_SCHEME_CHARACTERS = 20;

const isLink = (text: string): boolean => /^\s*(?:otpauth|otpauth-migration|steam):/iu.test(text);

/** Reads the texts of a picture's QR codes. Throws TwofoldError `picture-refused` when there is none. */
export function findingsInPicture(texts: readonly string[]): Finding[] {
  if (texts.length === 0) {
    throw new TwofoldError(
      'picture-refused',
      'No QR code was found in this picture. Take a sharper one that shows the whole code with some white around it.',
      { reason: 'no-qr-code' },
    );
  }
  return texts.map((text, index) => {
    const where = texts.length === 1 ? 'QR code' : `QR code ${index + 1}`;
    if (isLink(text)) return finding(where, text);
    return {
      kind: 'left-out',
      where,
      reason: `This QR code holds ${kindOf(text)}, not an account for an authenticator.`,
    };
  });
}

/** Reads a text with one link on each line; blank lines are passed over. */
export function findingsInText(text: string): Finding[] {
  const lines = text
    .split(/\r\n|\n|\r/u)
    .map((line, index) => ({ where: `Line ${index + 1}`, line: line.trim() }))
    .filter(({ line }) => line !== '');
  if (lines.length > MAX_CANDIDATES) {
    throw new TwofoldError(
      'account-refused',
      `The text has more than ${MAX_CANDIDATES} lines. Paste fewer at a time. Nothing was added.`,
      { reason: 'too-many-lines' },
    );
  }
  const findings = lines.map(({ where, line }): Finding => {
    if (isLink(line)) return finding(where, line);
    const reason = 'This is not an otpauth:// link. A secret alone can be typed in with “Enter by hand”.';
    return { kind: 'left-out', where, reason };
  });
  return shortened(findings);
}

function finding(where: string, link: string): Finding {
  try {
    return { kind: 'account', account: accountFromLink(link) };
  } catch (error) {
    if (!(error instanceof TwofoldError)) throw error;
    return { kind: 'left-out', where, reason: error.message };
  }
}

/** Cuts a long list of reasons, and says how many were cut. */
function shortened(findings: readonly Finding[]): Finding[] {
  const leftOut = findings.filter((each) => each.kind === 'left-out');
  if (leftOut.length <= MAX_LEFT_OUT) return [...findings];
  const accounts = findings.filter((each) => each.kind === 'account');
  const rest = leftOut.length - MAX_LEFT_OUT;
  return [
    ...accounts,
    ...leftOut.slice(0, MAX_LEFT_OUT),
    {
      kind: 'left-out',
      where: 'Further on',
      reason: `${rest} more lines are not otpauth:// links that can be used.`,
    },
  ];
}

function kindOf(text: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:/iu.exec(text)?.[0];
  if (scheme === undefined || scheme.length > MAX_SCHEME_CHARACTERS) return 'a text';
  return /^https?:$/iu.test(scheme) ? 'a web address' : `something else (${scheme})`;
}
