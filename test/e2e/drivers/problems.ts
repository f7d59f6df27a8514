// Collects what a page must never have: errors on its console, uncaught errors, violations of its policy.
import type { BrowserContext } from 'playwright-core';
import { watchPages } from './failure-pictures.ts';

const PATIENCE_MS = 60_000;

/** Adds what goes wrong on any page of the context to `problems`. Chromium reports policy violations as console errors. */
export function collectProblems(context: BrowserContext, problems: string[]): void {
  watchPages(context);
  // A busy machine is no failure of the app.
  context.setDefaultTimeout(PATIENCE_MS);
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`));
}
