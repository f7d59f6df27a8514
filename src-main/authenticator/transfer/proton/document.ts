// What Proton Authenticator's export holds, once it is open.
import { z } from 'zod';
import { cleanLabel } from '../../../otp/label.ts';
import { accountFromFields, type ReadAccount, SpareText } from '../account-fields.ts';
import { checkEntryCount, CollectedEntries, entryFields, whereOf } from '../collected-entries.ts';
import { accountFromLinkField } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import { isFields, isList } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

export const PROTON_VERSION = 1;

const Entry = z.looseObject({
  content: z.looseObject({ uri: z.string(), name: SpareText }),
  note: SpareText,
});
type Entry = z.infer<typeof Entry>;

function accountOf({ content, note }: Entry): ReadAccount {
  // Labels of links that begin with a colon stand here as they are.
  const name = (content.name ?? '').replace(/^\s*:/u, '');
  const account = accountFromLinkField(content.uri, { issuer: '', name, note });
  // The name given in Proton counts; the link may still say what it was before.
  return cleanLabel(name) === '' ? account : accountFromFields({ ...account, name }, account.converted);
}

/** Throws TwofoldError `import-refused` when there is no list of entries, or too many of them. */
export function readProtonDocument(document: unknown): ImportResult {
  if (!isFields(document) || !isList(document['entries'])) throw damagedFile();
  const { entries } = document;
  checkEntryCount(entries.length);
  const collected = new CollectedEntries();
  entries.forEach((entry, index) => {
    const name = isFields(entry) && isFields(entry['content']) ? entry['content']['name'] : '';
    collected.add(whereOf(index, name), () => accountOf(entryFields(Entry, entry)));
  });
  return collected.result();
}
