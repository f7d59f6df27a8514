// Calls a method of the contract from a page, as the renderer does on either host. For what no screen under test does.
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { type Input, type MethodName, methods, type Output } from '../../../src-shared/contract/index.ts';

const Success = z.object({ ok: z.literal(true), value: z.unknown() });

/** Throws when the answer is a failure. Only for methods without bytes. */
export async function callHost<M extends MethodName>(
  page: Page,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer: unknown = await page.evaluate(
    async ([name, body]) => {
      if (window.twofold !== undefined) return window.twofold.call(name, JSON.parse(body));
      const response = await fetch(`/call/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      const parsed: unknown = await response.json();
      return parsed;
    },
    [method, JSON.stringify(input)] as const,
  );
  const { value } = Success.parse(answer);
  const isOutput = (given: unknown): given is Output<M> => methods[method].output.safeParse(given).success;
  if (!isOutput(value)) throw new Error(`${method}: the answer breaks the contract.`);
  return value;
}
