// Reads exports of Bitwarden's vault: JSON, CSV, and JSON protected by a password.
import type { Detection, Importer } from '../importer.ts';
import {
  detectJson,
  isFields,
  isList,
  jsonContent,
  readJson,
  readJsonText,
  refuseTooLarge,
} from '../json-text.ts';
import { refuseImport, sentenceOf } from '../refusal.ts';
import { isOfAuthenticatorApp, readItems } from './items.ts';
import { openProtectedExport } from './protected-export.ts';
import { isVaultCsv, readVaultCsv } from './vault-csv.ts';

const accountBound = () =>
  refuseImport(
    'account-bound',
    'This export of Bitwarden is bound to the account it comes from, and only Bitwarden can open it. Export it again as JSON without encryption, or with “Password protected”.',
  );

function judge(value: unknown): Detection {
  if (!isFields(value)) return { kind: 'no' };
  if (value['encrypted'] === false) {
    return { kind: isList(value['items']) && !isOfAuthenticatorApp(value) ? 'plain' : 'no' };
  }
  if (value['encrypted'] !== true) return { kind: 'no' };
  if (value['passwordProtected'] === true) return { kind: 'encrypted' };
  if (!('data' in value || 'items' in value || 'encKeyValidation_DO_NOT_EDIT' in value))
    return { kind: 'no' };
  return { kind: 'refused', reason: sentenceOf(accountBound()) };
}

export const bitwardenImporter: Importer = {
  format: 'bitwarden',
  label: 'Bitwarden',
  detect: (content) => {
    const found = detectJson(content, judge, /^\s*\{\s*"encrypted"\s*:\s*(?:true|false)/u);
    return found.kind === 'no' && isVaultCsv(content) ? { kind: 'plain' } : found;
  },
  read: async (content, reading) => {
    refuseTooLarge(content);
    if (jsonContent(content).kind === 'other' && isVaultCsv(content)) return readVaultCsv(content);
    const document = readJson(content);
    if (!isFields(document) || document['encrypted'] !== true) return readItems(document);
    if (document['passwordProtected'] !== true) throw accountBound();
    return readItems(readJsonText(await openProtectedExport(document, reading)));
  },
};
