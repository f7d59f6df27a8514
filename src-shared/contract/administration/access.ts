// Contract: other ways in — API keys for programs, and break-glass codes for the last administrator.
import { z } from 'zod';
import { filledText, Id, method, Nothing, TimeMs, TypedCode } from '../define.ts';

/** What a key lets a program do over the local HTTP interface. */
export const ApiScope = z.enum([
  'users:read',
  'users:write',
  'two-factor:read',
  'two-factor:write',
  'codes:verify',
  'sign-in',
]);
export type ApiScope = z.infer<typeof ApiScope>;

export const ApiKey = z.strictObject({
  id: Id,
  name: z.string(),
  scopes: z.array(ApiScope),
  /** The first characters of the key, for telling keys apart. */
  prefix: z.string(),
  createdAtMs: TimeMs,
  createdBy: z.string(),
  lastUsedAtMs: TimeMs.nullable(),
  expiresAtMs: TimeMs.nullable(),
  revokedAtMs: TimeMs.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const BreakGlass = z.strictObject({
  /** Sealed codes that wait for the day; null: none were made. */
  sealed: z
    .strictObject({
      createdAtMs: TimeMs,
      createdBy: z.string(),
      codesLeft: z.number().int(),
      delayMs: z.number().int(),
    })
    .nullable(),
  /** Somebody has used one, and the delay runs. */
  pending: z
    .strictObject({ startedAtMs: TimeMs, effectiveAtMs: TimeMs, userName: z.string(), browser: z.string() })
    .nullable(),
});
export type BreakGlass = z.infer<typeof BreakGlass>;

export const accessMethods = {
  'administration:apiKeys': method('administrator', Nothing, z.strictObject({ keys: z.array(ApiKey) })),
  /** The key itself is answered this once. */
  'administration:makeApiKey': method(
    'administrator',
    z.strictObject({
      name: filledText(80),
      scopes: z.array(ApiScope).min(1).max(10),
      expiresAtMs: TimeMs.nullable(),
      code: TypedCode.nullable(),
    }),
    z.strictObject({ key: z.string(), record: ApiKey }),
  ),
  'administration:revokeApiKey': method(
    'administrator',
    z.strictObject({ keyId: Id, code: TypedCode.nullable() }),
    ApiKey,
  ),
  'administration:breakGlass': method('administrator', Nothing, BreakGlass),
  /** Makes the codes, shown this once; earlier ones are worth nothing from then on. */
  'administration:makeBreakGlass': method(
    'administrator',
    z.strictObject({ code: TypedCode.nullable() }),
    z.strictObject({ codes: z.array(z.string()), status: BreakGlass }),
  ),
  /** Takes the codes away. */
  'administration:removeBreakGlass': method(
    'administrator',
    z.strictObject({ code: TypedCode.nullable() }),
    BreakGlass,
  ),
} as const;
