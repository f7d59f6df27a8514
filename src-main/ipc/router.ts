// The one door into main: parse the input, check access, handle, parse the output, wrap in an envelope.
// The exact check of the sender comes before, in each host, which alone knows who is calling.
import type { z } from 'zod';
import {
  type Access,
  type Envelope,
  type Failure,
  isMethodName,
  type MethodName,
  methods,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import type { Caller } from './caller.ts';

/** One for each method of the contract. */
export type AllHandlers = { readonly [M in MethodName]: (input: never, caller: Caller) => unknown };

export interface RouterOptions {
  /** Whatever has no handler here is not there; that input and answer fit is the business of `Handlers<domain>`. */
  readonly handlers: Partial<AllHandlers>;
  /** Throws TwofoldError `not-signed-in` or `not-permitted`. Called before the handler, after the input was parsed. */
  readonly authorize: (access: Access, caller: Caller) => Promise<void>;
  /** Told of faults of ours. Must write neither input nor output. */
  readonly onFault: (method: MethodName, error: unknown) => void;
}

export type Router = (method: string, input: unknown, caller: Caller) => Promise<Envelope<unknown>>;

const failure = (error: Failure): Envelope<never> => ({ ok: false, error });

/** Where the input is wrong, by path and rule, never by value. */
const describeIssues = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => {
      const where = issue.path.length === 0 ? 'input' : issue.path.join('.').slice(0, 60);
      if (issue.code === 'unrecognized_keys') return `${where}: unknown field`;
      return `${where}: ${issue.code === 'custom' ? issue.message : issue.code.replaceAll('_', ' ')}`;
    })
    .join('; ');

async function call(
  name: MethodName,
  handler: (input: never, caller: Caller) => unknown,
  input: unknown,
  caller: Caller,
  options: RouterOptions,
): Promise<Envelope<unknown>> {
  const { access, input: inputSchema, output: outputSchema } = methods[name];
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) {
    return failure({ code: 'invalid-input', message: `Not accepted: ${describeIssues(parsed.error)}.` });
  }
  try {
    await options.authorize(access, caller);
    const answer: unknown = await Reflect.apply(handler, undefined, [parsed.data, caller]);
    const checked = outputSchema.safeParse(answer);
    if (!checked.success) throw new Error(`The answer breaks the contract: ${describeIssues(checked.error)}`);
    return { ok: true, value: checked.data };
  } catch (error) {
    if (error instanceof TwofoldError) {
      const { code, message, details } = error;
      return failure(details === undefined ? { code, message } : { code, message, details });
    }
    options.onFault(name, error);
    return failure({
      code: 'internal',
      message: 'Something went wrong inside Twofold. Try again; if it happens again, restart Twofold.',
    });
  }
}

/** Builds the router over the handlers of every domain. */
export const createRouter =
  (options: RouterOptions): Router =>
  async (method, input, caller) => {
    const handler = isMethodName(method) ? options.handlers[method] : undefined;
    if (!isMethodName(method) || handler === undefined)
      return failure({ code: 'unknown-method', message: 'There is no such method.' });
    return call(method, handler, input, caller, options);
  };
