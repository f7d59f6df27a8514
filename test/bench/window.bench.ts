// Measures the window with long lists: a keystroke in the search, scrolling, and what it costs to stand there; and the
// memory of a rehearsal in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { startLoopbackHost } from '../../src-main/hosts/loopback/loopback-host.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { type Services, startServices } from '../../src-main/services.ts';
import { type MethodName, methods } from '../../src-shared/contract/index.ts';
import { AppPage } from '../e2e/pages/app-page.ts';
import { RehearsalPage } from '../e2e/pages/rehearsal-page.ts';
import { endSurroundings, sharedChromium } from '../e2e/drivers/surroundings.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './report.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
/** One pasted text may hold a million characters. */
const LINKS_A_TEXT = 5_000;
const STANDING_MS = 10_000;
const TYPED = 'person.77';
const WHEEL_STEPS = 60;
const WHEEL_PIXELS = 400;
/** A frame that took this much longer than the median one was not drawn in time. */
const DROPPED_AT = 1.5;

const REHEARSED = 'Free play';
const ITS_PHONE = 'Maria’s phone';
const OPENINGS = 5;

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

const nobody = { name: 'bench', read: () => undefined, write: () => undefined, clear: () => undefined };

/** Calls the router as a window does; the answer is not parsed. */
async function call(services: Services, method: MethodName, input: unknown): Promise<unknown> {
  const answer = await services.router(method, input, { browser: nobody });
  if (!answer.ok) throw new Error(`${method}: ${answer.error.message}`);
  return answer.value;
}

async function addAccounts(services: Services, count: number): Promise<void> {
  for (let start = 0; start < count; start += LINKS_A_TEXT) {
    const links = Array.from({ length: Math.min(LINKS_A_TEXT, count - start) }, (_, index) => {
      const number = start + index;
      return `otpauth://totp/Issuer%20${number % 300}:person.${number}@example.org?secret=${SECRET}`;
    });
    const read = await call(services, 'transfer:readText', { previewId: null, text: links.join('\n') });
    const { id, candidates } = methods['transfer:readText'].output.parse(read);
    await call(services, 'transfer:add', {
      previewId: id,
      choices: candidates.map((candidate) => ({ id: candidate.id, action: 'add' })),
    });
  }
}

/** Gives `use` the app with so many accounts in the system's Chromium. */
async function withWindow<T>(
  accounts: number,
  use: (page: Page, session: CDPSession) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'twofold-bench-'));
  const services = await startServices({
    host: 'loopback',
    home,
    version: '0.0.0',
    clock: systemClock,
    keychain: new MemoryKeyStore(),
    openBrowser: () => Promise.resolve({ url: null }),
    onFault: (method, frames) => {
      throw new Error(`Fault in ${method}: ${frames}`);
    },
  });
  const host = await startLoopbackHost({
    router: services.router,
    events: services.events,
    clock: systemClock,
    pages: join(import.meta.dirname, '../../out/renderer'),
    cookiePrefix: 'twofold-bench',
    onFault: (where, error) => {
      throw new Error(`Fault in ${where}`, { cause: error });
    },
  });
  const context = await (await sharedChromium()).newContext({ viewport: { width: 1280, height: 800 } });
  try {
    await addAccounts(services, accounts);
    const page = await context.newPage();
    await page.goto(host.newLaunchAddress());
    await page.locator('.account-row .code').first().waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    return await use(page, session);
  } finally {
    await context.close();
    await host.close();
    await services.close();
    await rm(home, { recursive: true });
  }
}

/** Seconds that the page's main thread has worked so far, by Chromium's own count. */
async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find(({ name }) => name === 'TaskDuration');
  if (found === undefined) throw new Error('This Chromium counts no TaskDuration.');
  return found.value;
}

/** What each letter costs the main thread: finding, drawing the rows, asking for their codes. */
async function keystrokes(page: Page, session: CDPSession): Promise<number[]> {
  const search = page.locator('[data-room-search]');
  await search.click();
  const spans: number[] = [];
  for (const letter of TYPED) {
    const before = await taskSeconds(session);
    await search.press(letter === '.' ? 'Period' : letter);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    spans.push((await taskSeconds(session)) - before);
  }
  await search.fill('');
  return spans.map((span) => span * 1000);
}

/** The gaps between frames while the list is scrolled by the wheel, in milliseconds. */
async function frameGaps(page: Page): Promise<number[]> {
  await page.mouse.move(640, 500);
  const measured = page.evaluate(
    (steps) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const frame = (): void => {
          const now = performance.now();
          gaps.push(now - last);
          last = now;
          if (gaps.length < steps) requestAnimationFrame(frame);
          else resolve(gaps);
        };
        requestAnimationFrame(frame);
      }),
    WHEEL_STEPS * 2,
  );
  for (let step = 0; step < WHEEL_STEPS; step += 1) await page.mouse.wheel(0, WHEEL_PIXELS);
  return measured;
}

/** Shares of one core that the page's main thread and this process take while nobody does anything. */
async function standing(page: Page, session: CDPSession): Promise<{ page: number; main: number }> {
  const before = { tasks: await taskSeconds(session), own: process.cpuUsage(), atMs: performance.now() };
  await page.evaluate((spanMs) => new Promise((resolve) => setTimeout(resolve, spanMs)), STANDING_MS);
  const spanMs = performance.now() - before.atMs;
  const own = process.cpuUsage(before.own);
  return {
    page: (((await taskSeconds(session)) - before.tasks) * 1000) / spanMs,
    main: (own.user + own.system) / 1000 / spanMs,
  };
}

/** As when the window is behind others or minimised: the page is told so, as a browser does. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });

const MIB = 1024 * 1024;

/** What the objects of the page and of its frames, which are of the same site, take after everything unused was let go. */
async function heapMiB(session: CDPSession): Promise<number> {
  // Twice: what is let go by finalizers is free only then.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / MIB;
}

/** The memory that an open rehearsal takes, and whether closing it gives that back. */
async function rehearsalMemory(page: Page, session: CDPSession): Promise<BenchRow[]> {
  const rehearsal = new RehearsalPage(page);
  const row = (name: string, value: number, note?: string): BenchRow => ({
    name: `a rehearsal in the window: ${name}`,
    value: rounded(value, 1),
    unit: 'MiB',
    ...(note === undefined ? {} : { note }),
  });
  await new AppPage(page).openRoom('Rehearsal');
  const open = async (): Promise<void> => {
    await rehearsal.open(REHEARSED);
    // Its pages are there once one of them shows a code.
    await rehearsal.codeOn(ITS_PHONE);
  };
  // Once without counting: what is loaded stays loaded.
  await open();
  await rehearsal.close();
  const before = await heapMiB(session);
  await open();
  const whileOpen = await heapMiB(session);
  await rehearsal.close();
  const after = await heapMiB(session);
  for (let opening = 1; opening < OPENINGS; opening += 1) {
    await open();
    await rehearsal.close();
  }
  const afterMany = await heapMiB(session);
  return [
    row('before it is opened', before, 'heap of the page and its frames, after a collection'),
    row('open', whileOpen, `“${REHEARSED}”`),
    row('after Close', after, 'aim: as before'),
    row(`after ${OPENINGS} openings and Closes`, afterMany, 'aim: as before'),
  ];
}

const share = (name: string, value: number, note: string): BenchRow => ({
  name,
  value: rounded(value * 100),
  unit: '% of a core',
  note,
});

/** All measurements of the window; the app is the built one, in the system's Chromium, over a real vault file. */
export async function windowBench(): Promise<BenchRow[]> {
  try {
    const long = await withWindow(10_000, async (page, session) => {
      const keys = await keystrokes(page, session);
      const gaps = await frameGaps(page);
      const usual = median(gaps);
      return [
        {
          name: '10,000 accounts: a keystroke in the search, median',
          value: rounded(median(keys), 1),
          unit: 'ms',
          note: 'work of the main thread, next frame included; aim: under 16 ms',
        },
        { name: '10,000 accounts: a keystroke, slowest', value: rounded(Math.max(...keys), 1), unit: 'ms' },
        {
          name: '10,000 accounts: frames dropped while scrolling',
          value: rounded((gaps.filter((gap) => gap > usual * DROPPED_AT).length * 100) / gaps.length, 1),
          unit: '%',
          note: `of ${gaps.length} frames, ${rounded(usual, 1)} ms apart; aim: none`,
        },
      ];
    });
    const standingThere = await withWindow(1_000, async (page, session) => {
      const shown = await standing(page, session);
      await hide(page);
      const hidden = await standing(page, session);
      return [
        share('1,000 accounts, window visible: its page', shown.page, 'aim: under 1 %'),
        share('1,000 accounts, window visible: main', shown.main, 'with the bench itself'),
        share('1,000 accounts, window hidden: its page', hidden.page, 'aim: not measurable'),
        share('1,000 accounts, window hidden: main', hidden.main, 'with the bench itself'),
      ];
    });
    const rehearsed = await withWindow(10, rehearsalMemory);
    return [...long, ...standingThere, ...rehearsed];
  } finally {
    await endSurroundings();
  }
}
