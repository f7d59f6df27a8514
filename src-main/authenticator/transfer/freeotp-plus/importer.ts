// Reads the JSON of FreeOTP+, where secrets are lists of signed bytes.
import { z } from 'zod';
import { accountFromFields, WholeNumber } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach, knownType } from '../entry-reading.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, isList, readJson } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';

/** Beyond any secret that is taken; longer lists are not looked through. */
const MAX_SECRET_BYTES = 2_000;

const Token = z.looseObject({
  issuerExt: z.string().nullish(),
  issuerInt: z.string().nullish(),
  label: z.string().nullish(),
  secret: z.array(z.number().int().min(-128).max(127)).max(MAX_SECRET_BYTES),
  algo: z.string().nullish(),
  digits: WholeNumber,
  period: WholeNumber,
  counter: z.number().int().nullish(),
  type: z.string(),
});

const isToken = (value: unknown): boolean =>
  isFields(value) && isList(value['secret']) && ('issuerExt' in value || 'issuerInt' in value);

const judge = (value: unknown): Detection => {
  if (!isFields(value) || !isList(value['tokens'])) return { kind: 'no' };
  return { kind: 'tokenOrder' in value || value['tokens'].some(isToken) ? 'plain' : 'no' };
};

export const freeOtpPlusImporter: Importer = {
  format: 'freeotp-plus',
  label: 'FreeOTP+',
  detect: (content) => detectJson(content, judge, /"(?:issuerExt|issuerInt|tokenOrder)"\s*:/u),
  read: async (content) => {
    const value = await Promise.resolve(readJson(content));
    if (!isFields(value) || !isList(value['tokens'])) throw damagedFile();
    const collected = new CollectedEntries();
    addEach(collected, value['tokens'], Token, ['issuerExt', 'label'], (token) => {
      const { counter, issuerExt, issuerInt } = token;
      const issuer =
        issuerExt === undefined || issuerExt === null || issuerExt === '' ? (issuerInt ?? '') : issuerExt;
      const type = knownType(token.type);
      return accountFromFields({
        // FreeOTP+ shows Steam's letters for exactly this issuer.
        type: type === 'totp' && issuer === 'Steam' && Number(token.digits) === 5 ? 'steam' : type,
        issuer,
        name: token.label ?? '',
        secret: Uint8Array.from(token.secret),
        algorithm: token.algo,
        digits: token.digits,
        periodS: token.period,
        // FreeOTP+ counts up before it makes a code: what it stores is the counter of the last one.
        counter: counter === undefined || counter === null ? null : counter + 1,
      });
    });
    return collected.result();
  },
};
