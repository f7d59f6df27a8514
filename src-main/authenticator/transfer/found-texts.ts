// What single texts hold — of QR codes, or lines of a paste — piece by piece. Never the content itself in a reason.
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { ImportResult } from './imported-account.ts';
import { readLinks } from './otpauth-links/importer.ts';

/** A text and where it was found, for people: "QR code 2", "Line 5". */
export interface FoundText {
  readonly where: string;
  readonly text: string;
}

export interface TextsReading {
  readonly result: ImportResult;
  /** Links of Google Authenticator's export: they are read together with those of other pictures. */
  readonly migrationLinks: readonly string[];
}

/** What a foreign code or line may show of itself: its scheme, which is no secret. */
const MAX_SCHEME_CHARACTERS = 20;

const isLink = (text: string): boolean => /^\s*(?:otpauth|steam|motp):\/\//iu.test(text);
const isMigrationLink = (text: string): boolean => /^\s*otpauth-migration:/iu.test(text);

/** Whether the text is one that an authenticator can do something with. */
export const isAccountLink = (text: string): boolean => isLink(text) || isMigrationLink(text);

/** Reads each text on its own; `kind` says what the texts are, for the reasons ("QR code", "line"). Never throws. */
export function readTexts(texts: readonly FoundText[], kind: 'QR code' | 'line'): TextsReading {
  const parts = texts
    .filter(({ text }) => !isMigrationLink(text))
    .map(({ where, text }): ImportResult => {
      if (!isLink(text))
        return { accounts: [], leftOut: [{ where, reason: otherKind(text, kind) }], converted: [] };
      try {
        const { accounts, leftOut, converted } = readLinks(text);
        return { accounts, leftOut: leftOut.map(({ reason }) => ({ where, reason })), converted };
      } catch (error) {
        if (!(error instanceof TwofoldError)) throw error;
        return { accounts: [], leftOut: [{ where, reason: error.message }], converted: [] };
      }
    });
  return {
    result: {
      accounts: parts.flatMap(({ accounts }) => accounts),
      leftOut: parts.flatMap(({ leftOut }) => leftOut),
      converted: parts.flatMap(({ converted }) => converted),
    },
    migrationLinks: texts.flatMap(({ text }) => (isMigrationLink(text) ? [text.trim()] : [])),
  };
}

function otherKind(text: string, kind: 'QR code' | 'line'): string {
  if (kind === 'line') {
    return 'This is not an otpauth:// link. A secret alone can be typed in.';
  }
  const scheme = /^[a-z][a-z0-9+.-]*:/iu.exec(text)?.[0];
  const what =
    scheme === undefined || scheme.length > MAX_SCHEME_CHARACTERS
      ? 'a text'
      : /^https?:$/iu.test(scheme)
        ? 'a web address'
        : `something else (${scheme})`;
  return `This QR code holds ${what}, not an account for an authenticator.`;
}
