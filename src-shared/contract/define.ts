// The building blocks of the contract: how a method and an event are declared, and the schemas that many share.
import { z } from 'zod';

/**
 * Who may call a method.
 * - `local`: the person at this machine, through a window or a browser that holds this host's launch cookie.
 * - `signed-in`: that, and a live console session of the calling browser.
 * - `administrator`: that, and the session's user is an active administrator.
 */
export type Access = 'local' | 'signed-in' | 'administrator';

export interface MethodDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly access: Access;
  readonly input: I;
  readonly output: O;
}

/** Declares one method: who may call it, what it takes, what it answers. */
export const method = <I extends z.ZodType, O extends z.ZodType>(
  access: Access,
  input: I,
  output: O,
): MethodDefinition<I, O> => ({ access, input, output });

/** Text of at most `maxLength` UTF-16 units, without lone surrogates and without NUL. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'must be well-formed text');

/** As `text`, and not blank once trimmed. */
export const filledText = (maxLength: number) =>
  text(maxLength).refine((value) => value.trim() !== '', 'must not be empty');

/** The opaque id of a record. Not a secret. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Milliseconds since 1970-01-01 UTC. */
export const TimeMs = z.number().int();

/** A one-time code as a person types it; main strips nothing but the spaces. */
export const TypedCode = z.string().regex(/^\d{3} ?\d{3,5}$/, 'must be six to eight digits');

export const Nothing = z.strictObject({});

export const bytes = (maxBytes: number) =>
  z
    .instanceof(Uint8Array)
    .refine((value) => value.byteLength <= maxBytes, `must be at most ${maxBytes} bytes`);
