// The items of Bitwarden's JSON, as its vault and its authenticator app write them.
import { z } from 'zod';
import { Flag, type ReadAccount, SpareText, Texts } from '../account-fields.ts';
import { checkEntryCount, CollectedEntries, entryFields, whereOf } from '../collected-entries.ts';
import { accountFromLinkField } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import { type Fields, isFields, isList } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

const Item = z.looseObject({
  name: z.string().nullish(),
  notes: SpareText,
  favorite: Flag,
  folderId: SpareText,
  collectionIds: Texts,
  login: z.looseObject({ username: SpareText, totp: z.string() }),
});
type Item = z.infer<typeof Item>;

/** The authenticator app knows neither folders nor collections; vaults always write one of them. */
export const isOfAuthenticatorApp = (document: Fields): boolean =>
  !('folders' in document) && !('collections' in document);

/** Most items of a password manager are cards, notes and logins without a one-time password. */
function hasCode(item: unknown): boolean {
  if (!isFields(item)) return true;
  const { login } = item;
  if (login === undefined || login === null) return false;
  return !isFields(login) || (login['totp'] !== undefined && login['totp'] !== null && login['totp'] !== '');
}

/** Names of folders and collections by their ids. */
function placesOf(document: Fields): ReadonlyMap<string, string> {
  const places = [document['folders'], document['collections']].flatMap((list) => (isList(list) ? list : []));
  return new Map(
    places
      .filter(isFields)
      .flatMap(({ id, name }) =>
        typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [],
      ),
  );
}

function accountOf(item: Item, places: ReadonlyMap<string, string>): ReadAccount {
  const ids = [item.folderId, ...item.collectionIds];
  const { totp } = item.login;
  const [issuer, name] = [item.name ?? '', item.login.username ?? ''];
  // A link without an issuer, in an item named after its account, is how Twofold writes that there is none.
  const isNamedAfterAccount = issuer === name && /^\s*otpauth:/iu.test(totp);
  return accountFromLinkField(totp, {
    issuer: isNamedAfterAccount ? '' : issuer,
    name,
    note: item.notes,
    pinned: item.favorite === true,
    tags: ids.flatMap((id) => (typeof id === 'string' ? [places.get(id) ?? ''] : [])),
  });
}

const HTML_CHARACTERS = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
]);

/** The authenticator app for Android writes labels as if they stood in HTML. */
export function withoutHtml(account: ReadAccount): ReadAccount {
  const plain = (text: string) =>
    text.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => HTML_CHARACTERS.get(entity) ?? entity);
  const found = plain(account.issuer);
  // Older versions call an item "issuer:account", and ":null" where there is neither.
  const issuer = found.startsWith(':') ? '' : found;
  const name = plain(account.name);
  // Before this the label's prefix looked like another issuer and was kept in the name.
  const prefix = `${issuer}:`;
  if (name.startsWith(prefix)) return { ...account, issuer, name: name.slice(prefix.length).trim() };
  // Where there is no account name, the issuer stands in its place, too.
  return { ...account, issuer, name: name === issuer ? '' : name };
}

/** Throws TwofoldError `import-refused` when it is no list of items at all, or too many. */
export function readItems(document: unknown): ImportResult {
  if (!isFields(document) || !isList(document['items'])) throw damagedFile();
  const { items } = document;
  checkEntryCount(items.length);
  const places = placesOf(document);
  const isApp = isOfAuthenticatorApp(document);
  const collected = new CollectedEntries();
  items.forEach((item, index) => {
    if (!hasCode(item)) {
      collected.convert('An item without an authenticator key was passed over.');
      return;
    }
    const [issuer, name] = isFields(item)
      ? [item['name'], isFields(item['login']) ? item['login']['username'] : '']
      : [];
    collected.add(whereOf(index, issuer, name), () => {
      const account = accountOf(entryFields(Item, item), places);
      return isApp ? withoutHtml(account) : account;
    });
  });
  return collected.result();
}
