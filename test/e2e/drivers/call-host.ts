// Calls a method of the contract from a page of the app, as the renderer does: to prepare what a spec then looks at.
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { type Input, type MethodName, methods, type Output } from '../../../src-shared/contract/index.ts';

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ message: z.string() }) }),
]);

const outputs: { readonly [M in MethodName]: { readonly output: { parse(value: unknown): Output<M> } } } =
  methods;

/** Answers the value; throws with the host's own sentence. No bytes: they do not survive the way as they are. */
export async function callHost<M extends MethodName>(
  page: Page,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer: unknown = await page.evaluate(
    async ([name, value]): Promise<unknown> => {
      if (window.twofold !== undefined) return window.twofold.call(name, JSON.parse(value));
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`/call/${name}`, { method: 'POST', headers, body: value });
      const json: unknown = await response.json();
      return json;
    },
    [method, JSON.stringify(input)] as const,
  );
  const envelope = Answer.parse(answer);
  if (!envelope.ok) throw new Error(`${method}: ${envelope.error.message}`);
  return outputs[method].output.parse(envelope.value);
}
