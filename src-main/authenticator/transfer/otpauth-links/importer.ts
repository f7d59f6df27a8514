// Reads a text of otpauth links: one on each line, or parted by commas as Ente does it.
import { accountFromFields, type ReadAccount, refuseEntry } from '../account-fields.ts';
import { checkEntryCount, CollectedEntries, whereOf } from '../collected-entries.ts';
import { knownType, readLink } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import type { Importer } from '../importer.ts';
import { refuseTooLarge, textOf } from '../json-text.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { damagedFile } from '../refusal.ts';
import { type CodeDisplay, readCodeDisplay } from './code-display.ts';

/** Enough to get past a heading; what holds links alone has one at its very beginning. */
const BEGINNING_CHARACTERS = 10_000;

/** Whether a line near the beginning of the text starts with the link of an account. */
export function holdsLinks(content: Uint8Array): boolean {
  if (content.byteLength > MAX_FILE_BYTES) return false;
  const beginning = textOf(content)?.slice(0, BEGINNING_CHARACTERS) ?? '';
  return /^[ \t,"']*(?:otpauth|steam|motp):\/\//imu.test(beginning);
}

/**
 * Reads each link; `isSecretTyped` of what an app has written, where codes were made of the secrets already. Throws
 * TwofoldError `import-refused` (`over-limit`).
 */
export function readLinks(text: string, isSecretTyped = false): ImportResult {
  // A comma parts links only where another link follows: issuers may hold commas of their own.
  const lines = text.split(/\r\n|\n|\r|,(?=\s*(?:otpauth|otpauth-migration|steam|motp):\/\/)/iu);
  const links = lines.map((line) => unquoted(line.trim().replace(/,$/u, ''))).filter((line) => line !== '');
  checkEntryCount(links.length);
  const collected = new CollectedEntries();
  links.forEach((link, index) =>
    collected.add(whereOf(index), () => accountOf(link, isSecretTyped, collected)),
  );
  return collected.result();
}

/** Lists that were copied out of other texts have quotes around each link. */
const unquoted = (line: string): string => /^(["'])(.*)\1$/u.exec(line)?.[2] ?? line;

function accountOf(text: string, isSecretTyped: boolean, collected: CollectedEntries): ReadAccount {
  if (/^otpauth-migration:/iu.test(text)) {
    throw refuseEntry(
      'migration',
      'It is an export of Google Authenticator. Import it in a file of its own.',
    );
  }
  if (/^motp:/iu.test(text)) knownType('motp');
  // Ente's own data can be longer than any link may be; it is no part of the account.
  const parameter = /[?&]codeDisplay=([^&]*)/u.exec(text);
  const { link, converted } = readLink(
    parameter === null ? text : withoutPart(text, parameter),
    isSecretTyped,
  );
  const display = readCodeDisplay(parameter?.[1] ?? '');
  if (display === null) {
    collected.convert('Tags, note and pin of an entry could not be read and were left out.');
    return accountFromFields(link, converted);
  }
  return accountFromFields({ ...link, ...takeDisplay(display, collected) }, converted);
}

function withoutPart(link: string, part: RegExpExecArray): string {
  const before = link.slice(0, part.index + 1);
  const after = link.slice(part.index + part[0].length);
  return before + after.replace(/^&/u, '');
}

function takeDisplay(
  display: CodeDisplay,
  collected: CollectedEntries,
): { tags: string[]; note: string; pinned: boolean } {
  if (display.trashed) throw refuseEntry('trashed', 'It was in the trash.');
  if (display.hasIcon) collected.convert('Icons are not taken over.');
  return display;
}

export const otpauthLinksImporter: Importer = {
  format: 'otpauth-links',
  label: 'otpauth links',
  detect: (content) => ({ kind: holdsLinks(content) ? 'plain' : 'no' }),
  read: async (content) => {
    refuseTooLarge(content);
    const text = await Promise.resolve(textOf(content));
    if (text === null) throw damagedFile();
    return readLinks(text, true);
  },
};
