// Reads exports of the Bitwarden Authenticator app: JSON, and a CSV with more cells than names.
import { isOfAuthenticatorApp, readItems, withoutHtml } from '../bitwarden/items.ts';
import { checkEntryCount, CollectedEntries, whereOf } from '../collected-entries.ts';
import { csvHeader } from '../csv.ts';
import { accountFromLinkField } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, isList, jsonContent, readJson, refuseTooLarge, textOf } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

function judge(value: unknown): Detection {
  const isApp =
    isFields(value) && value['encrypted'] === false && isList(value['items']) && isOfAuthenticatorApp(value);
  return { kind: isApp ? 'plain' : 'no' };
}

function isAppCsv(content: Uint8Array): boolean {
  const names = csvHeader(content);
  return names.includes('login_totp') && !names.includes('login_username');
}

const TOTP_COLUMN = 5;

/**
 * folder, favorite, type, name, login_uri, login_totp, issuer, period, digits. Nothing is quoted, so that commas in the
 * name and the issuer make more cells; a link holds none. Null for a line without anything to make codes from.
 */
function cellsOf(line: string): { folder: string; favorite: string; name: string; totp: string } | null {
  const cells = line.split(',');
  const linkAt = cells.findIndex(
    (cell, index) => index >= TOTP_COLUMN && /^\s*(?:otpauth|steam):\/\//iu.test(cell),
  );
  const totpAt = linkAt < 0 ? TOTP_COLUMN : linkAt;
  const [folder = '', favorite = ''] = cells;
  const totp = cells[totpAt]?.trim() ?? '';
  return totp === '' ? null : { folder, favorite, name: cells.slice(3, totpAt - 1).join(','), totp };
}

function readCsv(content: Uint8Array): ImportResult {
  const text = textOf(content);
  if (text === null) throw damagedFile();
  const rows = text
    .split(/\r\n|\n|\r/u)
    .slice(1)
    .filter((line) => line.trim() !== '');
  checkEntryCount(rows.length);
  const collected = new CollectedEntries();
  rows.forEach((row, index) => {
    const cells = cellsOf(row);
    if (cells === null) {
      collected.leaveOut(whereOf(index), 'The line is not built as this format has it.');
      return;
    }
    const { folder, favorite, name, totp } = cells;
    const around = { issuer: name, name: '', tags: [folder], pinned: favorite === '1' };
    collected.add(whereOf(index, name), () => withoutHtml(accountFromLinkField(totp, around)));
  });
  return collected.result();
}

export const bitwardenAuthenticatorImporter: Importer = {
  format: 'bitwarden-authenticator',
  label: 'Bitwarden Authenticator',
  detect: (content) => {
    const found = detectJson(content, judge, /^\s*\{\s*"encrypted"\s*:\s*false\s*,\s*"items"/u);
    return found.kind === 'no' && isAppCsv(content) ? { kind: 'plain' } : found;
  },
  read: async (content) => {
    refuseTooLarge(content);
    if (jsonContent(content).kind === 'other' && isAppCsv(content)) return readCsv(content);
    return readItems(await Promise.resolve(readJson(content)));
  },
};
