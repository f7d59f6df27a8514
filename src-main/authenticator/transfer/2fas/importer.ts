// Reads the backup of 2FAS: plain, or with its services encrypted by a password.
import { accountFromFields, type ReadAccount } from '../account-fields.ts';
import { decryptGcm } from '../aes-gcm.ts';
import { bytesOfBase64 } from '../binary-text.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach, knownType } from '../entry-reading.ts';
import type { Detection, Importer, Reading } from '../importer.ts';
import { detectJson, isFields, isList, readJson, readJsonText } from '../json-text.ts';
import { deriveKey } from '../key-derivation.ts';
import {
  damagedFile,
  passwordMissing,
  sentenceOf,
  tooNewFile,
  truncatedFile,
  wrongPassword,
} from '../refusal.ts';
import { BackupFile, Group, KEY_BYTES, NEWEST_SCHEMA, PBKDF2_ITERATIONS, Service } from './backup-file.ts';

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

function judge(value: unknown): Detection {
  if (!isFields(value) || !('schemaVersion' in value)) return { kind: 'no' };
  if (!isList(value['services']) && !isFilled(value['servicesEncrypted'])) return { kind: 'no' };
  const schema = value['schemaVersion'];
  if (typeof schema === 'number' && schema > NEWEST_SCHEMA) {
    return { kind: 'refused', reason: sentenceOf(tooNewFile('2FAS', schema)) };
  }
  return { kind: isFilled(value['servicesEncrypted']) ? 'encrypted' : 'plain' };
}

export const twoFasImporter: Importer = {
  format: '2fas',
  label: '2FAS',
  detect: (content) => detectJson(content, judge, /^\s*\{.*"services(?:Encrypted)?"\s*:/su),
  read: async (content, reading) => {
    const file = BackupFile.safeParse(readJson(content));
    if (!file.success) throw damagedFile();
    const { schemaVersion, servicesEncrypted } = file.data;
    if ((schemaVersion ?? 0) > NEWEST_SCHEMA) throw tooNewFile('2FAS', schemaVersion ?? 0);
    const services = isFilled(servicesEncrypted)
      ? readJsonText(await openServices(servicesEncrypted, reading))
      : file.data.services;
    if (!isList(services)) throw damagedFile();
    const groups = groupNames(file.data.groups);
    const collected = new CollectedEntries();
    addEach(collected, services, Service, ['name', 'name'], (service) =>
      accountOf(service, groups, collected),
    );
    return collected.result();
  },
};

/** ciphertext with tag, salt and nonce, each in base64, parted by colons. */
async function openServices(text: string, reading: Reading): Promise<string> {
  const [sealed, salt, nonce, ...rest] = text.split(':').map((part) => bytesOfBase64(part));
  if (sealed === undefined || salt === undefined || nonce === undefined) throw truncatedFile();
  if (rest.length > 0) throw damagedFile();
  if (reading.password === null) throw passwordMissing();
  const { password } = reading;
  const key = await deriveKey(
    { kind: 'pbkdf2', hash: 'sha256', password, salt, iterations: PBKDF2_ITERATIONS, keyBytes: KEY_BYTES },
    reading,
  );
  const plain = decryptGcm({ key, nonce }, sealed);
  key.fill(0);
  if (plain === null) throw wrongPassword();
  return plain.toString();
}

function groupNames(groups: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const group of isList(groups) ? groups : []) {
    const parsed = Group.safeParse(group);
    if (parsed.success) names.set(parsed.data.id, parsed.data.name);
  }
  return names;
}

function accountOf(
  service: Service,
  groups: ReadonlyMap<string, string>,
  collected: CollectedEntries,
): ReadAccount {
  const otp = service.otp ?? {};
  const ownName = service.name ?? '';
  const group = groups.get(service.groupId ?? '');
  const account = otp.account ?? afterColon(otp.label ?? '');
  // An issuer that is there and empty, beside a service named after its account, is how Twofold writes that there is none.
  const isNamedAfterAccount = otp.issuer === '' && ownName === account;
  const issuer = isFilled(otp.issuer) ? otp.issuer : isNamedAfterAccount ? '' : ownName;
  const name = account === '' && ownName !== issuer ? ownName : account;
  const fields = accountFromFields({
    type: knownType(otp.tokenType ?? 'TOTP'),
    issuer,
    name,
    secret: service.secret,
    isSecretTyped: true,
    algorithm: otp.algorithm,
    digits: otp.digits,
    periodS: otp.period,
    counter: otp.counter,
    tags: group === undefined ? [] : [group],
  });
  if (ownName !== issuer && ownName !== name) {
    collected.convert('A service was renamed in 2FAS; the issuer that its QR code gave is kept instead.');
  }
  return fields;
}

/** The account of a label like `Issuer:account`. */
const afterColon = (label: string): string => label.slice(label.indexOf(':') + 1).trim();
