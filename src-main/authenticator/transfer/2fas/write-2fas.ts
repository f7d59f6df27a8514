// Writes the backup of 2FAS, schema 4: plain, or with its services encrypted.
import { encryptGcm } from '../aes-gcm.ts';
import { base64Of, jsonBytes } from '../binary-text.ts';
import { requirePassword, unwatched } from '../export-password.ts';
import type { Exporter, Writing } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { deriveKey } from '../key-derivation.ts';
import { tagIds } from '../identifiers.ts';
import { countOf, unkept } from '../unkept.ts';
import { KEY_BYTES, NEWEST_SCHEMA, PBKDF2_ITERATIONS, REFERENCE } from './backup-file.ts';

const SALT_BYTES = 256;
const NONCE_BYTES = 12;
const APP_VERSION = { code: 5_000_000, name: '5.0.0' } as const;
/** The one that 2FAS itself writes for services that it knows no icon for. */
const DEFAULT_ICON = 'a5b3fb65-4ec5-43e6-8ec1-49e24ca9e7ad';
/** 2FAS cannot read a whole file in which a counter is greater. */
const MAX_COUNTER = 2 ** 31 - 1;

/** Two letters, as 2FAS makes them. */
const lettersOf = ({ issuer, name }: ImportedAccount): string =>
  Array.from(issuer === '' ? name : issuer)
    .slice(0, 2)
    .join('')
    .toUpperCase();

const isReadable = ({ counter }: ImportedAccount): boolean => (counter ?? 0) <= MAX_COUNTER;

const servicesOf = (
  accounts: readonly ImportedAccount[],
  groups: ReadonlyMap<string, string>,
  nowMs: number,
): object[] =>
  accounts.filter(isReadable).map((account, position) => {
    const group = groups.get(account.tags[0] ?? '');
    return {
      name: account.issuer === '' ? account.name : account.issuer,
      secret: account.secret,
      updatedAt: nowMs,
      otp: {
        // In schema 4 the same; other apps show one or the other.
        label: account.name,
        account: account.name,
        issuer: account.issuer,
        digits: account.digits,
        ...(account.type === 'hotp' ? { counter: account.counter ?? 0 } : { period: account.periodS }),
        algorithm: account.algorithm.replace('-', ''),
        tokenType: account.type.toUpperCase(),
        source: 'Manual',
      },
      order: { position },
      icon: {
        selected: 'Label',
        label: { text: lettersOf(account), backgroundColor: 'Default' },
        iconCollection: { id: DEFAULT_ICON },
      },
      ...(group === undefined ? {} : { groupId: group }),
    };
  });

/** `services` in clear stands empty beside encrypted ones. Groups stay in clear, as 2FAS has it. */
const fileOf = (groups: ReadonlyMap<string, string>, nowMs: number, content: object): Uint8Array =>
  jsonBytes({
    services: [],
    groups: Array.from(groups, ([name, id]) => ({ id, name, isExpanded: true, updatedAt: nowMs })),
    updatedAt: nowMs,
    schemaVersion: NEWEST_SCHEMA,
    appVersionCode: APP_VERSION.code,
    appVersionName: APP_VERSION.name,
    appOrigin: 'android',
    ...content,
  });

const hasKnownParameters = ({ type, digits, periodS }: ImportedAccount): boolean =>
  type === 'steam' || (digits <= 8 && (type === 'hotp' || [10, 30, 60, 90].includes(periodS)));

function lostOf(all: readonly ImportedAccount[]): string[] {
  const accounts = all.filter(isReadable);
  const lost = unkept(accounts, ['note', 'pinned']);
  const beyond = all.length - accounts.length;
  if (beyond > 0) {
    lost.push(
      `2FAS counts to ${MAX_COUNTER.toLocaleString('en')} only; what is beyond was left out (${countOf(beyond)}).`,
    );
  }
  const tagged = accounts.filter(({ tags }) => tags.length > 1).length;
  if (tagged > 0)
    lost.push(`2FAS keeps one group for each account; only the first tag was kept (${countOf(tagged)}).`);
  const unusual = accounts.filter((account) => !hasKnownParameters(account)).length;
  if (unusual > 0) {
    lost.push(
      `2FAS may refuse other periods than 10, 30, 60 and 90 seconds, or more than 8 digits (${countOf(unusual)}).`,
    );
  }
  return lost;
}

const firstTags = (accounts: readonly ImportedAccount[]) =>
  accounts.map(({ tags }) => ({ tags: tags.slice(0, 1) }));

const resultOf = (name: string, content: Uint8Array, accounts: readonly ImportedAccount[]) => ({
  files: [{ name, mediaType: 'application/json', content }],
  lost: lostOf(accounts),
});

export const twoFasExporter: Exporter = {
  format: '2fas',
  encrypted: false,
  write: (accounts, { nowMs, random }) => {
    const groups = tagIds(firstTags(accounts), random);
    const content = fileOf(groups, nowMs, { services: servicesOf(accounts, groups, nowMs) });
    return Promise.resolve(resultOf('twofold-plain.2fas', content, accounts));
  },
};

export const twoFasEncryptedExporter: Exporter = {
  format: '2fas',
  encrypted: true,
  write: async (accounts, { password, nowMs, random }) => {
    const given = requirePassword(password);
    const salt = random(SALT_BYTES);
    const key = await deriveKey(
      {
        kind: 'pbkdf2',
        hash: 'sha256',
        password: given,
        salt,
        iterations: PBKDF2_ITERATIONS,
        keyBytes: KEY_BYTES,
      },
      unwatched(),
    );
    const groups = tagIds(firstTags(accounts), random);
    const services = jsonBytes(servicesOf(accounts, groups, nowMs));
    const content = fileOf(groups, nowMs, {
      servicesEncrypted: sealed(key, salt, random, services),
      reference: sealed(key, salt, random, Buffer.from(REFERENCE)),
    });
    key.fill(0);
    return resultOf('twofold-encrypted.2fas', content, accounts);
  },
};

function sealed(key: Uint8Array, salt: Uint8Array, random: Writing['random'], plain: Uint8Array): string {
  const nonce = random(NONCE_BYTES);
  return [encryptGcm({ key, nonce }, plain), salt, nonce].map(base64Of).join(':');
}
