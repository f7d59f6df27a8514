// The entries of andOTP, as they stand in a plain backup and inside an encrypted one.
import { z } from 'zod';
import { accountFromFields, Texts, WholeNumber } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach, knownType } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import { isFields, isList } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

const Entry = z.looseObject({
  secret: z.string(),
  /** Old backups have none. */
  issuer: z.string().nullish(),
  label: z.string().nullish(),
  digits: WholeNumber,
  type: z.string(),
  algorithm: z.string().nullish(),
  period: WholeNumber,
  counter: WholeNumber,
  tags: Texts,
});

const isEntry = (value: unknown): boolean =>
  isFields(value) && 'secret' in value && 'label' in value && 'type' in value && !('token' in value);

export const isAndOtpList = (value: unknown): value is readonly unknown[] =>
  isList(value) && value.some(isEntry);

/** Old labels are "Issuer - account". */
function splitLabel(label: string): { issuer: string; name: string } {
  const [, issuer, name] = /^(.*?) - (.*)$/su.exec(label) ?? [];
  return { issuer: issuer ?? '', name: name ?? label };
}

/** Throws TwofoldError `import-refused` when it is no list of entries at all. */
export function readAndOtpList(value: unknown): ImportResult {
  if (!isList(value)) throw damagedFile();
  const collected = new CollectedEntries();
  addEach(collected, value, Entry, ['issuer', 'label'], (entry) => {
    const label = entry.label ?? '';
    const { issuer, name } =
      entry.issuer === undefined || entry.issuer === null
        ? splitLabel(label)
        : { issuer: entry.issuer, name: label };
    return accountFromFields({
      type: knownType(entry.type),
      issuer,
      name,
      secret: entry.secret,
      algorithm: entry.algorithm,
      digits: entry.digits,
      periodS: entry.period,
      counter: entry.counter,
      tags: entry.tags,
    });
  });
  return collected.result();
}
