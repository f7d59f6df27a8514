// Reads the JSON of Raivo OTP: a list whose numbers are all written as text.
import { z } from 'zod';
import { accountFromFields, WholeNumber } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach, knownType } from '../entry-reading.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, isList, readJson } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

const Entry = z.looseObject({
  issuer: z.string().nullish(),
  account: z.string().nullish(),
  secret: z.string(),
  algorithm: z.string().nullish(),
  digits: WholeNumber,
  kind: z.string(),
  timer: WholeNumber,
  counter: WholeNumber,
  pinned: z.unknown().optional(),
});

const isEntry = (value: unknown): boolean =>
  isFields(value) && 'secret' in value && 'account' in value && 'kind' in value && 'timer' in value;

const judge = (value: unknown): Detection => ({
  kind: isList(value) && value.some(isEntry) ? 'plain' : 'no',
});

export const raivoImporter: Importer = {
  format: 'raivo',
  label: 'Raivo',
  detect: (content) => detectJson(content, judge, /^\s*\[\s*\{[^}]*"(?:timer|kind)"\s*:/u),
  read: async (content) => {
    const value = await Promise.resolve(readJson(content));
    if (!isList(value)) throw damagedFile();
    const collected = new CollectedEntries();
    addEach(collected, value, Entry, ['issuer', 'account'], (entry) =>
      accountFromFields({
        type: knownType(entry.kind),
        issuer: entry.issuer ?? '',
        name: entry.account ?? '',
        secret: entry.secret,
        isSecretTyped: true,
        algorithm: entry.algorithm,
        digits: entry.digits,
        periodS: entry.timer,
        counter: entry.counter,
        pinned: entry.pinned === true || entry.pinned === 'true',
      }),
    );
    return collected.result();
  },
};
