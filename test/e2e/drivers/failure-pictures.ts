// When an end-to-end test fails: a picture of each page that is open by then, in test-results/.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { RunnerTestCase } from 'vitest';
import { projectFolder } from './built-app.ts';

/** A page that draws nothing by then is given up. */
const WITHIN_MS = 10_000;
/** File systems take no longer names; the numbers of pages are kept off it. */
const LONGEST_NAME = 180;

const contexts = new Set<BrowserContext>();

/** Pages of this context are in the pictures until it is closed. */
export function watchPages(context: BrowserContext): void {
  contexts.add(context);
  context.on('close', () => contexts.delete(context));
}

/** 'lost-device a lost device on loopback G3-G5: the set-up' as the name of a file. */
const nameOf = ({ file, fullTestName }: RunnerTestCase): string =>
  `${/([^/\\]+)\.test\.ts$/.exec(file.name)?.[1] ?? ''} ${fullTestName}`
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST_NAME);

/** Does nothing where the test passed. Never rejects: what matters is why the test failed. */
export async function pictureFailure(test: RunnerTestCase): Promise<void> {
  if (test.result?.state !== 'fail') return;
  const folder = join(projectFolder, 'test-results');
  const pages = [...contexts].flatMap((context) => context.pages());
  await mkdir(folder, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const path = join(folder, `${nameOf(test)}-${index + 1}.png`);
    await page.screenshot({ path, timeout: WITHIN_MS }).then(
      () => console.error(`${path} shows ${page.url()}`),
      (error: unknown) => console.error(`${path} could not be made: ${String(error)}`),
    );
  }
}
