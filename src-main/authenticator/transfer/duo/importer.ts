// Reads the accounts of Duo Mobile: a list of names with a generator each, or without one where Duo asks by push.
import { z } from 'zod';
import { accountFromFields, refuseEntry, WholeNumber } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach } from '../entry-reading.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, isList, readJson } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

const Entry = z.looseObject({
  name: z.string().nullish(),
  otpGenerator: z.looseObject({ otpSecret: z.string(), counter: WholeNumber }).nullish(),
});

const judge = (value: unknown): Detection => ({
  kind: isList(value) && value.some((entry) => isFields(entry) && 'otpGenerator' in entry) ? 'plain' : 'no',
});

export const duoImporter: Importer = {
  format: 'duo',
  label: 'Duo',
  detect: (content) => detectJson(content, judge, /^\s*\[[^\]]*"otpGenerator"\s*:/u),
  read: async (content) => {
    const value = await Promise.resolve(readJson(content));
    if (!isList(value)) throw damagedFile();
    const collected = new CollectedEntries();
    addEach(collected, value, Entry, ['name', ''], ({ name, otpGenerator }) => {
      if (otpGenerator === undefined || otpGenerator === null) {
        throw refuseEntry(
          'secret-empty',
          'It is confirmed in Duo itself and has no secret that could be moved.',
        );
      }
      const { counter, otpSecret } = otpGenerator;
      const type = counter === undefined || counter === null ? 'totp' : 'hotp';
      return accountFromFields({
        type,
        issuer: '',
        name: name ?? '',
        secret: otpSecret,
        isSecretTyped: true,
        counter,
      });
    });
    return collected.result();
  },
};
