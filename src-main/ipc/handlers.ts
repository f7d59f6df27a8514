// The shape of what services offer to the router: one handler for each method of the contract.
import type { MethodOf, Output, ParsedInput } from '../../src-shared/contract/index.ts';
import type { Caller } from './caller.ts';

export type Handler<M extends MethodOf<string>> = (
  input: ParsedInput<M>,
  caller: Caller,
) => Output<M> | Promise<Output<M>>;

/** All handlers of one domain, for instance `Handlers<'clock'>`. */
export type Handlers<D extends string> = { readonly [M in MethodOf<D>]: Handler<M> };
