// Calls a method of the contract from a desktop window, as the renderer does.
import type { Page } from 'playwright-core';

/** Throws when the answer is a failure. */
export async function callDesktop(page: Page, method: string): Promise<unknown> {
  const envelope = await page.evaluate((name) => window.twofold?.call(name, {}), method);
  if (envelope?.ok !== true) throw new Error(`${method}: ${envelope?.error.message ?? 'there is no bridge'}`);
  return envelope.value;
}
